import TabularDiet

private func each(_ frame: DataFrame, _ body: (Column) throws -> Any) throws {
  for column in frame.columns { try trying { try body(column) } }
}

extension HostileCall {
  static let columnCalls: [HostileCall] = [
    .alone("Column.init", "odd types and values") {
      for type in Odd.types {
        for values in [[], [nil], Odd.rows] {
          try trying { try look(try Column("c", integers: values, type: type)) }
        }
      }
      for name in Odd.names {
        _ = (Column(name, integers: Odd.rows), Column(name, integers: []))
        _ = (Column(name, floats: Odd.floats), Column(name, floats: []))
        _ = (Column(name, strings: Odd.names), Column(name, strings: []))
        _ = (Column(name, booleans: [nil]), Column(name, booleans: []))
      }
    },
    .refused("Column.init", "text counted in integers") { _ in
      try Column("c", integers: [1], type: .string)
    },
    .refused("Column.init", "a decimal of 19 places") { _ in
      try Column("c", integers: [1], type: .decimal(scale: 19))
    },
    HostileCall("Column.renamed") { frame in
      try each(frame) { column in try Odd.names.map { try look(column.renamed($0)) } }
    },
    HostileCall("Column.isNull", "rows that there are not") { frame in
      try each(frame) { column in
        let answers = Odd.integers.map { column.isNull($0) }
        guard answers.first == true, answers.last == true else {
          throw NotRefused(description: "a row that is not there has a value")
        }
        return answers
      }
    },
    HostileCall("Column.unique") { frame in try each(frame) { try look($0.unique()) } },
    HostileCall("Column.valueCounts") { frame in
      try each(frame) { ($0.valueCounts(dropsNulls: true), $0.valueCounts(dropsNulls: false)) }
    },
    HostileCall("Column.argsort") { frame in
      try each(frame) { $0.argsort(SortOptions(isDescending: true, putsNullsFirst: true)) }
    },
    HostileCall("Column.sorted") { frame in try each(frame) { try look($0.sorted(.descending)) } },
    HostileCall("Column.rank") { frame in
      try each(frame) { column in Column.RankMethod.allCases.map { column.rank($0) } }
    },
    HostileCall("Column.taking", "rows that there are not") { frame in
      try each(frame) { column in
        for row in Odd.integers where row < 0 || row >= column.count {
          try refusing("row \(row)") { try column.taking([row]) }
        }
        return try look(column.taking([]))
      }
    },
    HostileCall("Column.filtered", "a selection of another length") { frame in
      try each(frame) { column in
        try refusing("another") { try column.filtered(by: Selection(rowCount: column.count + 1)) }
        return try look(column.filtered(by: Selection(rowCount: column.count, all: true)))
      }
    },
    HostileCall("Column.count", "conditions of every kind") { frame in
      try each(frame) { column in
        for condition in Odd.conditions { try trying { try column.count(where: condition) } }
        return 0
      }
    },
    HostileCall("Column.rows", "conditions of every kind") { frame in
      try each(frame) { column in
        for condition in Odd.conditions { try trying { try column.rows(where: condition) } }
        return 0
      }
    },
    HostileCall("Column.replacing", "values of every kind") { frame in
      try each(frame) { column in
        for scalar in Odd.scalars {
          try trying { try look(column.replacing(.isNull, with: scalar)) }
          try trying { try look(column.replacing(.isNotNull, with: scalar)) }
        }
        return try look(column.replacing(.isNotNull, with: nil))
      }
    },
    HostileCall("Column.replacingNaN") { frame in
      try each(frame) { column in
        for number in Odd.floats { try trying { try look(column.replacingNaN(with: number)) } }
        return try look(column.replacingNaN(with: nil))
      }
    },
    HostileCall("Column.forwardFilled") { frame in
      try each(frame) { column in
        try Odd.integers.map { try look(column.forwardFilled(limit: $0, nan: .propagate)) }
      }
    },
  ]

  static let numberCalls: [HostileCall] = [
    HostileCall("Column.largest") { frame in
      try each(frame) { column in Odd.integers.map { column.largest($0) } }
    },
    HostileCall("Column.smallest") { frame in
      try each(frame) { column in Odd.integers.map { column.smallest($0) } }
    },
    HostileCall("Column.argpartition") { frame in
      try each(frame) { column in Odd.integers.map { column.argpartition($0) } }
    },
    HostileCall("Column.partitioned") { frame in
      try each(frame) { column in try Odd.integers.map { try look(column.partitioned($0)) } }
    },
    HostileCall("Column.sum", "sums past 64 bits") { frame in
      try each(frame) { try "\($0.sum(nan: .skip))" }
      try each(frame) { try "\($0.sum())" }
    },
    HostileCall("Column.mean") { frame in try each(frame) { try $0.mean(nan: .skip) as Any } },
    HostileCall("Column.variance") { frame in
      try each(frame) { column in
        for ddof in Odd.integers { try trying { try column.variance(ddof: ddof) as Any } }
        return 0
      }
    },
    HostileCall("Column.standardDeviation") { frame in
      try each(frame) { column in
        for ddof in Odd.integers { try trying { try column.standardDeviation(ddof: ddof) as Any } }
        return 0
      }
    },
    HostileCall("Column.quantile") { frame in
      try each(frame) { column in
        for fraction in Odd.floats + [-0.1, 1.1, 0, 1] {
          try trying { try column.quantile(fraction, nan: .skip) as Any }
          for interpolation in QuantileInterpolation.allCases {
            try trying { try column.quantile(fraction, interpolation: interpolation) as Any }
          }
        }
        return 0
      }
    },
    HostileCall("Column.median") { frame in try each(frame) { try $0.median() as Any } },
    HostileCall("Column.minMax") { frame in
      try each(frame) { try "\($0.minMax(nan: .propagate) as Any)" }
    },
    HostileCall("Column.minimum") { frame in try each(frame) { try "\($0.minimum() as Any)" } },
    HostileCall("Column.maximum") { frame in try each(frame) { try "\($0.maximum() as Any)" } },
    HostileCall("Column.argmin") { frame in
      try each(frame) { try $0.argmin(nan: .propagate) as Any }
    },
    HostileCall("Column.argmax") { frame in
      try each(frame) { try $0.argmax(nan: .propagate) as Any }
    },
    HostileCall("Column.distinctCount") { frame in try each(frame) { $0.distinctCount() } },
    HostileCall("Column.any") { frame in try each(frame) { try $0.any() } },
    HostileCall("Column.all") { frame in try each(frame) { try $0.all() } },
    HostileCall("Column.groupCounts") { frame in try each(frame) { try $0.groupCounts().sorted } },
    HostileCall("Column.moving") { frame in
      try each(frame) { column in
        for kernel in MovingKernel.allCases {
          for rows in Odd.integers {
            for least in [nil, .min, 0, 1, .max] as [Int?] {
              let window = MovingWindow(rows, minimumCount: least)
              try trying { try look(column.moving(kernel, window)) }
            }
            try trying { try column.moving(kernel, MovingWindow(2), ddof: rows, nan: .propagate) }
          }
        }
        return 0
      }
    },
    .alone("MovingWindow.init") { _ = Odd.integers.map { MovingWindow($0, minimumCount: $0) } },
  ]
}

/// All that is told of a column: its bytes, and each row.
@discardableResult
func look(_ column: Column) throws -> Int {
  (0..<column.count).count { column.isNull($0) } + column.footprint.total
}
