import Foundation
import TabularDiet

private struct Anything: Decodable {
  var a: Int8
  var s: String?
  var b: Bool?
  var f: Float?
  var d: Decimal?
  var day: Date?
}

private struct Nested: Decodable {
  var a: [Int]
}

private struct Single: Decodable {
  init(from decoder: any Decoder) throws { _ = try decoder.singleValueContainer().decode(Int.self) }
}

extension HostileCall {
  static let valueCalls: [HostileCall] = [
    HostileCall("DataFrame.values", "types that the values are not of") { frame in
      for name in frame.columns.map(\.name) + Odd.names {
        try trying { try Array(frame.values(name, as: Int8.self)) }
        try trying { try Array(frame.values(name, as: UInt64.self)) }
        try trying { try Array(frame.values(name, as: Double.self)) }
        try trying { try Array(frame.values(name, as: Float.self)) }
        try trying { try Array(frame.values(name, as: Bool.self)) }
        try trying { try Array(frame.values(name, as: String.self)) }
        try trying { try Array(frame.values(name, as: Date.self)) }
        try trying { try Array(frame.values(name, as: Decimal.self)) }
        try trying { try frame.values(name, as: String.self)[-1] as Any }
      }
    },
    HostileCall("Column.values") { frame in
      for column in frame.columns { try trying { try Array(column.values(as: Int.self)) } }
    },
    .alone("ElementColumn.makeIterator") {
      var values = try Column("a", [1, nil]).values(as: Int.self).makeIterator()
      for _ in 0..<5 { _ = values.next() }
    },
    .alone("Column.init", "dates and decimals beyond all bounds") {
      for number in Odd.floats {
        try trying { try look(Column("d", [Date(timeIntervalSince1970: number)])) }
      }
      try trying {
        try Column("d", [Date.distantPast, .distantFuture]).values(as: Date.self)[0] as Any
      }
      try trying {
        try look(Column("d", [Decimal.greatestFiniteMagnitude, .nan, .leastNonzeroMagnitude]))
      }
      _ = (Column("x", [Int?]()), Column("x", [String?]()), Column("x", [UInt64.max, 0]))
    },
    HostileCall("DataFrame.rows", "types that rows are not of") { frame in
      try trying { try frame.rows(as: Anything.self) }
      try trying { try frame.rows(as: Nested.self) }
      try trying { try frame.rows(as: Single.self) }
      try trying { try frame.rows(as: [Int].self) }
      try trying { try frame.rows(as: [String: Int].self) }
      try trying { try frame.rows(as: Int.self) }
    },
    HostileCall("RowValues.subscript", "rows that there are not") { frame in
      for row in Odd.integers {
        let found = frame.rows[row]
        _ = (found.values, found.description, Odd.names.map { found[$0] })
      }
    },
    HostileCall("DataFrame.==") { frame in
      for (_, make) in HostileTable.all { _ = try make() == frame }
    },
    HostileCall("Column.==") { frame in
      for a in frame.columns { for b in frame.columns { _ = a == b.renamed(a.name) } }
    },
    HostileCall("DataFrame.description") { frame in _ = frame.description },
    HostileCall("Column.description") { frame in _ = frame.columns.map(\.description) },
    HostileCall("Column.cast", "any type to any") { frame in
      for column in frame.columns {
        for type in Odd.types { try trying { try look(column.cast(to: type)) } }
      }
    },
    HostileCall("DataFrame.casting") { frame in
      for name in Odd.names { try trying { try frame.casting(name, to: .string) } }
    },
  ]

  static let shapeCalls: [HostileCall] = [
    HostileCall("Column.appending", "any column behind any") { frame in
      for a in frame.columns {
        for b in frame.columns { try trying { try look(a.appending(b)) } }
        _ = try Column(concatenating: [a, a, a])
      }
      try refusing("no column") { try Column(concatenating: []) }
    },
    HostileCall("DataFrame.appending", "any table behind any") { frame in
      for (_, make) in HostileTable.all {
        try trying { try frame.appending(make()) }
        try trying { try DataFrame(concatenating: [frame, make()], fillsMissing: true) }
      }
      _ = try DataFrame(concatenating: [])
    },
    HostileCall("DataFrame.adding") { frame in
      try refusing("another length") {
        try frame.adding(Column("new", [Int](repeating: 1, count: frame.rowCount + 3))).adding(
          Column("newer", [1]))
      }
      for column in frame.columns { try refusing("a name twice") { try frame.adding(column) } }
    },
    HostileCall("DataFrame.assigning") { frame in
      for column in frame.columns {
        _ = try frame.assigning(column)
        try refusing("another length") {
          try frame.assigning(column.appending(column).appending(Column("", [1])))
        }
      }
    },
    HostileCall("DataFrame.dropping") { frame in
      try refusing("a name that is not") { try frame.dropping("not there") }
      _ = try frame.dropping([])
      for column in frame.columns { _ = try frame.dropping(column.name, column.name) }
    },
    HostileCall("DataFrame.renaming") { frame in
      try refusing("a name that is not") { try frame.renaming("not there", to: "x") }
      for column in frame.columns {
        for name in Odd.names { try trying { try frame.renaming(column.name, to: name) } }
      }
    },
    HostileCall("DataFrame.melted") { frame in
      try trying { try frame.melted(keeping: []) }
      try trying { try frame.melted(keeping: Odd.names, variable: "", value: "") }
      for column in frame.columns {
        try trying { try frame.melted(keeping: [column.name]) }
        try trying { try frame.melted(keeping: [column.name], variable: column.name) }
        let alone = try frame.selecting([column.name])
        try trying { try alone.melted(keeping: [column.name]) }
        try trying { try alone.melted(keeping: []) }
      }
    },
    HostileCall("DataFrame.pivoted") { frame in
      for a in frame.columns {
        for b in frame.columns {
          try trying { try frame.pivoted(rows: [a.name], columns: b.name, values: .size) }
          try trying { try frame.pivoted(rows: [a.name], columns: b.name, values: .sum(a.name)) }
        }
        try trying { try frame.pivoted(rows: [], columns: a.name, values: .size) }
      }
      for name in Odd.names {
        try trying { try frame.pivoted(rows: [name], columns: name, values: .first(name)) }
      }
    },
    HostileCall("DataFrame.joined", "the nearest row, and keys of other names") { frame in
      for a in frame.columns {
        for direction in AsOfDirection.allCases {
          try trying { try frame.joined(asOf: frame, on: a.name, direction: direction) }
          try trying { try frame.joined(asOf: frame, on: a.name, by: [a.name, ""]) }
          for tolerance in Odd.scalars {
            try trying {
              try frame.joined(
                asOf: frame, on: a.name, direction: direction, tolerance: tolerance)
            }
          }
        }
        for b in frame.columns {
          for kind in JoinKind.allCases {
            try trying { try frame.joined(frame, on: [(left: a.name, right: b.name)], kind: kind) }
          }
        }
      }
      try refusing("no key") { try frame.joined(frame, on: [] as [String]) }
      for name in Odd.names { try trying { try frame.joined(asOf: frame, on: name, by: [name]) } }
    },
    HostileCall("DataFrame.write", "CSV") { frame in
      for path in HostileFile.paths { try trying { try frame.write(toCSVFile: path) } }
      let path = try HostileFile.path("", "out.csv")
      try trying { try frame.write(toCSVFile: path) }
      try trying { try DataFrame(contentsOfCSVFile: path) }
    },
  ]
}
