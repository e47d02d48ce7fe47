import Columnar

@testable import Pipeline

/// Lines as the fields of one column: the type, the level and the values are those of the plainest
/// reading of the table of meanings, in any order, cut anywhere, on one thread or more.
struct TypingTarget: FuzzTarget {
  let name = "typing"
  let byteLimit = 256

  /// More rows find nothing that fewer do not, and take longer.
  private static let rowLimit = 12

  private enum Question: CaseIterable { case reference, reversed }

  func check(_ input: FuzzInput) -> String? {
    var input = input
    var setup = ReadingSetup()
    setup.chunkByteCount = input.choice([16, 24, 48, 100, FuzzInput.wholeByteCount])
    setup.threads = input.choice([1, 1, 1, 1, 1, 1, 1, 2])
    setup.delimiter = input.choice(Array(",;|".utf8))
    setup.typing.nullTokens = input.choice([[], [], [], ["5"], ["-1", "nan"]])
    setup.typing.readsZeroPaddedNumbers = input.choice([false, false, true])
    setup.typing.keepsExactDigits = input.choice([false, false, true])
    setup.typing.booleanWords = input.choice([nil, nil, ("yes", "no"), ("1", "0")])
    let fields = input.rest.split(separator: 0x0A, omittingEmptySubsequences: false)
      .prefix(Self.rowLimit).map { line in
        line.elementsEqual("\"\"".utf8)
          ? FieldText.quotedEmpty
          : FieldText(text: String(decoding: line.prefix(40), as: UTF8.self))
      }
    do {
      for question in input.questions(Question.self) {
        if let found = try difference(Array(fields), setup, question) { return found }
      }
      return nil
    } catch {
      return "\(fields), \(setup): \(error)"
    }
  }

  private func difference(
    _ fields: [FieldText], _ setup: ReadingSetup, _ question: Question
  ) throws -> String? {
    let observed = try ObservedColumn(fields, setup)
    switch question {
    case .reference: return referenceDifference(fields, setup, observed)
    case .reversed: return try reversedDifference(fields, setup, observed)
    }
  }

  private func referenceDifference(
    _ fields: [FieldText], _ setup: ReadingSetup, _ observed: ObservedColumn
  ) -> String? {
    var type = observed.type
    // Forms of text are no part of the reference.
    if type == .uuid || type == .ipv4 { type = .string }
    let found = TypingReference.Answer(
      type: type, fidelity: observed.fidelity, values: observed.values)
    let reference = TypingReference(typing: setup.typing, delimiter: setup.delimiter)
    let expected = reference.answer(fields)
    return found == expected
      ? nil : "\(fields), \(setup.typing), \(setup)\nread: \(found)\nnot: \(expected)"
  }

  private func reversedDifference(
    _ fields: [FieldText], _ setup: ReadingSetup, _ observed: ObservedColumn
  ) throws -> String? {
    var other = setup
    other.chunkByteCount = FuzzInput.wholeByteCount
    other.countsDistinct = false
    let whole = try ObservedColumn(fields.reversed(), other)
    guard whole.type == observed.type, whole.fidelity == observed.fidelity,
      whole.values == observed.values.reversed(), whole.nullCount == observed.nullCount
    else { return "\(fields), \(setup)\nread: \(observed)\nreversed and whole: \(whole)" }
    return nil
  }
}
