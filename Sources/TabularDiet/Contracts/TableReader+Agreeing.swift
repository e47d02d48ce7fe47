import Columnar
import Contracts
import Options

extension TableReader {
  /// A reader of the same table that reads columns as the contract has them, where values allow it and do not tell
  /// by themselves: days and months of few dates can change places, and `1.10` may be a version.
  func agreeing(
    with contract: TableContract, _ facts: inout TableFacts
  ) throws -> TableReader {
    guard known == nil else { return self }
    var agreed = options
    for terms in contract.columns {
      guard let now = facts[terms.name], now.type == .string, now.nullCount < facts.rowCount,
        !options.remembered.textColumns.contains(terms.name), let type = terms.type
      else { continue }
      var options = agreed
      if let format = contract.facts?[terms.name]?.dateFormat {
        options.typing.columns[terms.name, default: ColumnTyping()].dateFormat = format
      } else if let word = type.typeOption {
        options.typeWords.append(.column(terms.name, word))
      } else {
        continue
      }
      var alone = options
      (alone.columns, alone.drop) = ([terms.name], [])
      // Where some values are none of the type, the column is the text that it is.
      guard
        let column = try? TableReader(inputs: inputs, options: alone).profile()
          .facts(wordLimit: 1 << 16).columns.first, column.type != .string,
        let index = facts.columns.firstIndex(where: { $0.name.isExactly(terms.name) })
      else { continue }
      facts.columns[index] = column
      agreed = options
    }
    return agreed == options ? self : TableReader(inputs: inputs, options: agreed, digest: digest)
  }

  /// Takes floats of files that have types for the decimals that a lock has, where all are such: engines hold these as
  /// floats.
  func holdDecimals(as contract: TableContract, in facts: inout TableFacts) throws {
    guard facts.dialect == nil, known == nil else { return }
    for terms in contract.columns {
      guard case .exact(.decimal(let scale))? = terms.type,
        let index = facts.columns.firstIndex(where: { $0.name.isExactly(terms.name) }),
        facts.columns[index].type == .float
      else { continue }
      let power = (0..<scale).reduce(1.0) { power, _ in power * 10 }
      var options = options
      (options.columns, options.drop) = ([terms.name], [])
      let frame = try TableReader(inputs: inputs, options: options).read().frame
      guard let column = frame.columns.first, let values = FloatRows(column.view),
        (0..<column.count).allSatisfy({ row in
          let value = values.value(at: row)
          return column.isNull(row) || (value * power).rounded() / power == value
        })
      else { continue }
      func units(_ value: FactValue?) -> FactValue? {
        guard case .float(let number)? = value else { return nil }
        return Int128(exactly: (number * power).rounded()).map(FactValue.integer)
      }
      facts.columns[index].minimum = units(facts.columns[index].minimum)
      facts.columns[index].maximum = units(facts.columns[index].maximum)
      facts.columns[index].type = .decimal(scale: scale)
      facts.columns[index].format = facts.columns[index].integers.map(NumberFormat.init(holding:))
    }
  }
}

extension TermType {
  /// How `--type` names it; `nil` where text tells by itself.
  fileprivate var typeOption: String? {
    switch self {
    case .exact(let type):
      switch type {
      case .integer, .decimal, .float, .boolean: "\(type)"
      default: nil
      }
    case .number: "float"
    case .integer: "integer"
    case .boolean: "boolean"
    case .string, .date, .timestamp, .time, .uuid, .ipv4: nil
    }
  }
}
