import Columnar
import FileIO
import Foundation
import TestSupport

@testable import Typing

/// A column that is read in chunks, by several parsers, as threads and processes read a file.
struct PartedColumn: CustomStringConvertible {
  var fields: [FieldText]
  var typing = TypingOptions()
  var delimiter: UInt8 = 0x2C

  var description: String { "\(fields), \(typing)" }

  /// Where chunks end, and which parser has which.
  struct Cut: CustomStringConvertible {
    var ends: [Int]
    var parsers: [Int]

    static func whole(_ rowCount: Int) -> Cut { Cut(ends: [rowCount], parsers: [0]) }

    static func random(_ rowCount: Int, using generator: inout SeededGenerator) -> Cut {
      let count = Int.random(in: 1...6, using: &generator)
      let inner = (1..<count).map { _ in Int.random(in: 0...rowCount, using: &generator) }
      let ends = Set(inner + [rowCount]).subtracting([0]).sorted()
      let parsers = ends.map { _ in Int.random(in: 0..<3, using: &generator) }
      return Cut(ends: ends.isEmpty ? [0] : ends, parsers: ends.isEmpty ? [0] : parsers)
    }

    var description: String { "cut at \(ends) for parsers \(parsers)" }
  }

  /// What each parser learns of its chunks.
  func parts(
    _ cut: Cut, _ contexts: TypingContexts? = nil, target: ColumnParser.Target = .inferred
  ) throws -> [ColumnEvidence] {
    let contexts = contexts ?? TypingContexts(options: typing, delimiter: delimiter)
    return try Set(cut.parsers).sorted().map { number in
      let parser = ColumnParser(
        context: contexts["v"], target: target, keepsValues: false, purpose: .report,
        slabCapacity: 1 << 10)
      parser.seekOutermost()
      let scratch = ColumnScratch()
      for (index, end) in cut.ends.enumerated() where cut.parsers[index] == number {
        let start = index == 0 ? 0 : cut.ends[index - 1]
        let column = FieldColumn(
          fields[start..<end].map { Array($0.csv(delimiter: delimiter).utf8) }, quote: 0x22)
        scratch.place = ChunkRow(ordinal: 0, row: start)
        let report = try withExtendedLifetime(column) { try parser.parse(column.slice, scratch).0 }
        parser.evidence.add(report, at: start..<end)
      }
      return parser.takeEvidence()
    }
  }

  /// What was learned, and what the fields were read as.
  struct Reading {
    var evidence: ColumnEvidence
    var target = ColumnParser.Target.inferred
  }

  /// Reads until the type is settled, each time in the same parts; `nil` where it is refused.
  func settled(
    _ cut: Cut, joining join: ([ColumnEvidence]) throws -> ColumnEvidence
  ) throws -> Reading? {
    var contexts = TypingContexts(options: typing, delimiter: delimiter)
    var target = ColumnParser.Target.inferred
    for _ in 1...6 {
      let evidence: ColumnEvidence
      do {
        evidence = try join(parts(cut, contexts, target: target))
      } catch is ColumnParser.Misfit {
        return nil
      }
      var column = LoadedColumn(name: "v", evidence: evidence, target: target)
      switch try? column.resolve(options: typing.options(for: "v"), forced: nil) {
      case .settled(let settled):
        guard let again = column.recountTarget else {
          return Reading(evidence: evidence, target: target)
        }
        target = settled.dateFormat.map { .date($0, unit: nil) } ?? again
      case .readAgain(let next, _): target = next
      case .readNumbers(let unit, let signs):
        contexts.settle("v", unit: unit, signs: signs)
        target = .inferred
      case .refused, nil: return nil
      }
    }
    throw Unsettled()
  }

  struct Unsettled: Error {}

  /// Type, profile and notes, as far as evidence alone tells them.
  func answer(_ evidence: ColumnEvidence, _ target: ColumnParser.Target) -> String {
    var column = LoadedColumn(name: "v", evidence: evidence, target: target)
    let options = typing.options(for: "v")
    let resolution: String
    do {
      resolution = "\(try column.resolve(options: options, forced: nil))"
    } catch {
      resolution = "\(error)"
    }
    let typed = TypedColumn(column, rowCount: evidence.rowCount, note: nil, keepsValues: false)
    return "\(resolution); \(typed.profile); \(typed.outermost)"
  }
}

extension ColumnEvidence {
  /// All parts, in any order and in any pairs.
  static func joined(
    _ parts: [ColumnEvidence], using generator: inout SeededGenerator
  ) -> ColumnEvidence {
    var left = parts.shuffled(using: &generator)
    while left.count > 1 {
      let place = Int.random(in: 1..<left.count, using: &generator)
      left[place - 1].formUnion(left.remove(at: place))
    }
    return left[0]
  }
}
