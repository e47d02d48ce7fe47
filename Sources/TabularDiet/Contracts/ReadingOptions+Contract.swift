package import Contracts
package import Options

extension ReadingOptions {
  /// These options, and for what they do not say those that a contract has: how its files are read, and which columns
  /// are text, though digits may stand in them.
  package func adding(readingOf contract: TableContract) throws -> ReadingOptions {
    var options =
      try contract.reading.map {
        try adding(remembered: ReadingOptions(json: $0))
      } ?? self
    for terms in contract.columns where terms.type == .string || terms.type == .exact(.string) {
      options.remembered.textColumns.insert(terms.name)
      if let name = terms.physicalName { options.remembered.textColumns.insert(name) }
    }
    return options
  }
}
