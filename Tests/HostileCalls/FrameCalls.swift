import TabularDiet

extension HostileCall {
  static let selectionCalls: [HostileCall] = [
    .alone("Selection.init", "row counts that no table has") {
      for count in Odd.integers {
        try trying { try Selection(rowCount: count == .max - 1 ? 1 << 32 : count, all: true).count }
        try trying { try Selection(rowCount: 2, rows: [count]).rows }
      }
      try refusing("-1") { try Selection(rowCount: -1) }
      try refusing("row 2 of 2") { try Selection(rowCount: 2, rows: [2]) }
    },
    .alone("Selection.contains") {
      let rows = try Selection(rowCount: 70, all: true)
      _ = Odd.integers.map { rows.contains($0) }
    },
    .alone("Selection.&") {
      try refusing("lengths") { try Selection(rowCount: 1) & Selection(rowCount: 2) }
    },
    .alone("Selection.|") {
      try refusing("lengths") { try Selection(rowCount: 1) | Selection(rowCount: 2) }
    },
    .alone("Selection.^") {
      try refusing("lengths") { try Selection(rowCount: 1) ^ Selection(rowCount: 2) }
    },
    .alone("Selection.~") { _ = try (~Selection(rowCount: 0), ~Selection(rowCount: 65)) },
    .alone("SortOptions.init") { _ = SortOptions(isDescending: true, putsNullsFirst: true) },
    .alone("KernelThreads.withCount") {
      for count in Odd.integers { KernelThreads.withCount(count) { _ = KernelThreads.count } }
    },
  ]

  static let frameCalls: [HostileCall] = [
    .alone("DataFrame.init", "columns of unequal length, and of one name") {
      try refusing("lengths") {
        try DataFrame([Column("a", integers: [1]), Column("b", integers: [])])
      }
      try refusing("names") {
        try DataFrame([Column("a", integers: [1]), Column("a", integers: [1])])
      }
    },
    HostileCall("DataFrame.subscript") { frame in _ = Odd.names.map { frame[$0]?.count } },
    HostileCall("DataFrame.profiled") { frame in _ = frame.profiled().profiled() },
    HostileCall("DataFrame.selecting") { frame in
      for name in Odd.names { try trying { try frame.selecting([name]) } }
      try refusing("a name that is not") { try frame.selecting(["not there"]) }
      for column in frame.columns {
        try refusing("a name twice") { try frame.selecting([column.name, column.name]) }
      }
      _ = try frame.selecting([])
    },
    HostileCall("DataFrame.filtered", "selections of another table") { frame in
      for count in [frame.rowCount + 1, 0, 1] where count != frame.rowCount {
        try refusing("a selection") { try frame.filtered(by: Selection(rowCount: count)) }
      }
      for text in Odd.words { try trying { try frame.filtered(where: text) } }
    },
    HostileCall("DataFrame.taking", "rows that there are not") { frame in
      for row in Odd.integers where row < 0 || row >= frame.rowCount {
        try refusing("row \(row)") { try frame.taking([row]) }
      }
      _ = try frame.taking([])
    },
    HostileCall("DataFrame.head") { frame in _ = Odd.integers.map { frame.head($0) } },
    HostileCall("DataFrame.tail") { frame in _ = Odd.integers.map { frame.tail($0) } },
    HostileCall("DataFrame.rows", "ranges that there are not") { frame in
      for range in [-1..<0, 0..<Int.max, Int.min..<Int.max, Int.max..<Int.max, -5..<(-1)] {
        try trying { try frame.rows(range) }
      }
      try refusing("a range") { try frame.rows(0..<frame.rowCount + 1) }
      for text in Odd.words { try trying { try frame.rows(where: text) } }
    },
    HostileCall("DataFrame.sample") { frame in _ = Odd.integers.map { frame.sample($0, seed: .max) }
    },
    HostileCall("DataFrame.sorted") { frame in
      _ = try frame.sorted()
      for name in Odd.names { try trying { try frame.sorted(on: name, name) } }
      for column in frame.columns {
        _ = try frame.sorted(on: column.name, column.name, order: .descending)
      }
    },
    HostileCall("DataFrame.grouped") { frame in
      try refusing("no key") { try frame.grouped() }
      for name in Odd.names { try trying { try frame.grouped(by: name, dropsNulls: true) } }
      for column in frame.columns {
        _ = try frame.grouped(by: column.name, dropsNulls: true).count
        try trying { try frame.grouped(by: column.name, column.name).aggregated() }
      }
    },
    HostileCall("DataFrame.joined") { frame in
      for kind in JoinKind.allCases {
        try refusing("no key") { try frame.joined(frame, kind: kind) }
        for name in Odd.names { try trying { try frame.joined(frame, on: name, kind: kind) } }
        for column in frame.columns {
          try trying { try frame.joined(frame, on: column.name, kind: kind) }
          try trying { try frame.joined(frame, on: column.name, column.name, kind: kind) }
          for other in frame.columns {
            let right = try DataFrame([other.renamed(column.name)])
            try trying { try frame.joined(right, on: column.name, kind: kind) }
          }
        }
      }
    },
    .alone("DataFrame.joined", "more pairs than there are row numbers") {
      let ones = try DataFrame([Column("k", integers: [Int64?](repeating: 1, count: 70_000))])
      try refusing("4.9e9 rows") { try ones.joined(ones, on: "k") }
    },
    HostileCall("RowGroups.aggregated") { frame in
      for key in frame.columns {
        let groups = try frame.grouped(by: key.name)
        _ = try groups.aggregated([])
        for column in frame.columns {
          for aggregation in aggregations(of: column.name) {
            try trying { try groups.aggregated(aggregation) }
          }
        }
        for name in Odd.names { try trying { try groups.aggregated(.sum(name), .first(name)) } }
        try refusing("a name twice") { try groups.aggregated(.size, .size) }
      }
    },
    HostileCall("RowGroups.largest") { frame in
      for column in frame.columns {
        let groups = try frame.grouped(by: column.name)
        for count in Odd.integers { try trying { try groups.largest(count, by: column.name) } }
      }
      for name in Odd.names { try trying { try frame.grouped(by: name).largest(1, by: name) } }
    },
    HostileCall("RowGroups.smallest") { frame in
      for column in frame.columns {
        let groups = try frame.grouped(by: column.name)
        for count in Odd.integers { try trying { try groups.smallest(count, by: column.name) } }
      }
    },
    .alone("Aggregation.correlation") {
      let frame = try DataFrame([Column("a", [1.0, .nan, nil]), Column("t", ["x", nil, "y"])])
      for other in ["a", "t", "none", ""] {
        try trying { try frame.grouped(by: "t").aggregated(.correlation("a", other)) }
      }
    },
    .alone("Aggregation.init") { _ = Odd.names.map { Aggregation(.size, $0, named: $0) } },
    .alone("Aggregation.named") { _ = Odd.names.map { Aggregation.size.named($0) } },
  ]

  private static func aggregations(of name: String) -> [Aggregation] {
    [
      .count(name), .sum(name), .mean(name), .minimum(name), .maximum(name), .variance(name),
      .standardDeviation(name), .median(name), .distinctCount(name), .first(name), .last(name),
      .any(name), .all(name), .size.named(name), .sum(name).skippingNaN, Aggregation(.size, name),
    ] + Odd.floats.map { .quantile(name, $0) } + Odd.integers.map { .variance(name, ddof: $0) }
      + Odd.integers.map { .standardDeviation(name, ddof: $0) }
  }
}
