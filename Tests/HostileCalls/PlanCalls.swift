import TabularDiet

extension HostileCall {
  static let planCalls: [HostileCall] = [
    HostileCall("DietPlan.init") { frame in
      for allowsUnsigned in [true, false] {
        for limit in [nil, .nan, -1, .infinity, 0.1] as [Double?] {
          let policy = LayoutPolicy(
            allowsUnsigned: allowsUnsigned, keptColumns: Set(Odd.names), floatErrorLimit: limit,
            room: IntegerRoom(minimumBits: 64, holdsSums: true))
          let plan = DietPlan(for: frame, policy: policy, closesCategories: allowsUnsigned)
          try trying { try frame.applying(plan) }
        }
      }
      _ = DietPlan(for: frame.profiles)
      _ = DietPlan(of: frame.profiles.map { Recommendation(for: $0) })
      _ = DietPlan(columns: [])[""]
    },
    HostileCall("DataFrame.applying", "the plan of its own values") { frame in
      _ = try frame.applying(DietPlan(for: frame))
      try trying {
        try frame.applying(DietPlan(of: frame.profiles.map { Recommendation(for: $0) }))
      }
      _ = try frame.profiled().applying(
        DietPlan(of: frame.profiled().profiles.map { Recommendation(for: $0) }))
    },
    HostileCall("DataFrame.applying", "columns that differ from the plan's") { frame in
      let plan = DietPlan(for: try DataFrame([Column("a", [1]), Column("\u{0}", ["x"])]))
      for new in PlanMatching.Resolution.allCases {
        for missing in PlanMatching.Resolution.allCases {
          for moved in PlanMatching.Order.allCases {
            let matching = PlanMatching(
              newColumns: new, missingColumns: missing, movedColumns: moved)
            try trying { try frame.applying(plan, matching: matching) }
            try trying { try frame.applying(DietPlan(columns: []), matching: matching) }
          }
        }
      }
    },
    HostileCall("DataFrame.applying", "layouts of any kind") { frame in
      for column in frame.columns {
        for layout in Odd.layouts {
          let planned = DietPlan.PlannedColumn(
            name: column.name, type: column.type, layout: layout, digits: .max,
            categories: PlannedCategories(words: ["b", "a", "a"]))
          try trying { try frame.applying(DietPlan(columns: [planned, planned])) }
        }
        for type in Odd.types {
          let planned = DietPlan.PlannedColumn(
            name: column.name, type: type, layout: column.layout, digits: -1)
          try trying { try frame.applying(DietPlan(columns: [planned])) }
        }
      }
    },
    HostileCall("Recommendation.init", "layouts of any kind") { frame in
      for profile in frame.profiled().profiles {
        for layout in Odd.layouts {
          let made = Recommendation(for: profile, layout: layout)
          _ = (made.reason, made.fidelity, made.valueError, made.headroom, made.notes)
        }
      }
    },
    HostileCall("Certificate.init") { frame in
      let made = Certificate(files: [.init(name: "", byteCount: .min, digest: "")], frame: frame)
      _ = made.plan
    },
    .alone("PlannedCategories.init") { _ = PlannedCategories(words: [], isOpen: false) },
    .alone("PlannedColumn.init") {
      _ = DietPlan.PlannedColumn(name: "", type: .null, layout: Layout(encoding: ""), digits: .min)
    },
    .alone("Layout.init") { _ = Odd.layouts.map(\.description) },
    .alone("NumberedText.init") { _ = Odd.numberedTexts.map(\.hashValue) },
    .alone("LayoutPolicy.init") { _ = LayoutPolicy(floatErrorLimit: .nan) },
    .alone("IntegerRoom.init", "bits that no integer has") {
      for bits in Odd.integers {
        let policy = LayoutPolicy(room: IntegerRoom(minimumBits: bits, holdsSums: true))
        let frame = try DataFrame([Column("a", integers: Odd.rows)])
        let plan = DietPlan(for: frame, policy: policy)
        try trying { try frame.applying(plan) }
      }
    },
  ]

  static let profileCalls: [HostileCall] = [
    .alone("ColumnProfile.init", "counts that no column has") {
      for type in Odd.types {
        for count in [0, 1, 3, 1 << 40] {
          for nullCount in [0, count / 2, count] {
            let profile = ColumnProfile(
              name: "", type: type, rowCount: count, nullCount: nullCount)
            _ = profile.valueCount
            try decide(for: profile)
          }
        }
      }
    },
    .alone("IntegerProfile.init", "extremes of any kind") {
      for (least, greatest) in [(Int128(Int64.min), Int128(UInt64.max)), (1, 0), (0, 1 << 64)] {
        for count in [0, 1, 3, 1 << 40] {
          var profile = ColumnProfile(name: "", type: .integer, rowCount: count, nullCount: 0)
          profile.integers = IntegerProfile(
            minimum: least, maximum: greatest, sequence: .init(start: .max, step: .max))
          profile.dictionaryCount = 0
          try decide(for: profile)
        }
      }
    },
    .alone("FloatProfile.init") {
      var profile = ColumnProfile(name: "", type: .float, rowCount: 3, nullCount: 1)
      profile.floats = FloatProfile(
        minimum: .nan, maximum: -.infinity, nanCount: -1, fitsFloat32: true, isConstant: true)
      try decide(for: profile)
    },
    .alone("TextProfile.init") {
      var profile = ColumnProfile(name: "", type: .string, rowCount: 3, nullCount: 0)
      profile.text = TextProfile()
      profile.dictionaryCount = 3
      try decide(for: profile)
      profile.text?.byteCount = 1 << 40
      profile.text?.maximumLength = 1 << 40
      try decide(for: profile)
    },
    .alone("StoredFacts.init") {
      var profile = ColumnProfile(name: "", type: .string, rowCount: 3, nullCount: 0)
      profile.stored = StoredFacts(kind: .integer(bits: 1, isSigned: true), typeName: "")
      profile.stored?.dictionary = .init(
        codeBits: 7, entryCount: 1 << 40, byteCount: 0, longByteCount: 1 << 40)
      try decide(for: profile)
    },
    .alone("SourceFacts.formUnion") {
      var facts = SourceFacts()
      facts.formUnion(SourceFacts())
    },
    .alone("Footprint.+") { _ = (Footprint() + Footprint()).total },
    .alone("ColumnTyping.init") { _ = ColumnTyping() },
    .alone("TypingOptions.options") { _ = Odd.names.map { TypingOptions().options(for: $0) } },
  ]

  private static func decide(for profile: ColumnProfile) throws {
    let made = Recommendation(for: profile)
    _ = (made.reason, made.fidelity, made.headroom, made.footprint.total)
    _ = DietPlan(for: [profile])
    for baseline in Baselines.all {
      _ = (baseline.bytes(of: profile), baseline.typeName(of: profile))
    }
  }
}
