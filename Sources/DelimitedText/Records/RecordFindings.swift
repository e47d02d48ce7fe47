package import Columnar

/// What is odd about the records of a table, and where it was first seen. All threads that read add
/// to it, in any order.
package final class RecordFindings: Sendable {
  /// What can be odd.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    case short, long, strayQuote, swallowed, repeatedHeader, comment, rejected, replacedText
    // What the text holds beside its records.
    case unmarkedUTF16, joinedLineEnds, mark, endSign, zeros
  }

  /// How often something was seen, and where first.
  package struct Finding: Hashable, Sendable {
    package let kind: Kind
    package internal(set) var count: Int
    /// The index of the input, and the offset in its decoded text.
    package internal(set) var fileIndex: Int
    package internal(set) var byteOffset: Int
    /// The physical line, where it was counted while reading.
    var line: Int?
    fileprivate var ordinal: Int
  }

  private struct State {
    /// Apart from `findings`: what is seen while another thread still looks for its place counts.
    var counts: [Kind: Int] = [:]
    /// The first of each kind so far; `all` says how many there are.
    var findings: [Kind: Finding] = [:]
    var surroundings: [Int: FileSurroundings] = [:]
    var rejects: [RejectedRecord] = []
    var unmet: [Note] = []
  }

  private let state = Lock(State())

  /// Adds `count` sightings in a chunk; `firstOffset`, asked for only when it matters, is where in
  /// the chunk the first is.
  func add(_ kind: Kind, count: Int, in raw: RawChunk, firstOffset: () -> Int) {
    guard count > 0 else { return }
    let isFirst = state.withLock { state in
      state.counts[kind, default: 0] += count
      return state.findings[kind].map { raw.ordinal <= $0.ordinal } ?? true
    }
    guard isFirst else { return }
    let offset = firstOffset()
    let line = raw.firstLine.map {
      $0 + LineEnds.count(in: UnsafeBufferPointer(rebasing: raw.bytes.prefix(offset)))
    }
    state.withLock { state in
      if let known = state.findings[kind],
        (known.ordinal, known.byteOffset) < (raw.ordinal, raw.byteOffset + offset)
      {
        return
      }
      state.findings[kind] = Finding(
        kind: kind, count: 0, fileIndex: raw.fileIndex,
        byteOffset: raw.byteOffset + offset, line: line, ordinal: raw.ordinal)
    }
  }

  func add(_ rejects: [RejectedRecord]) {
    state.withLock { $0.rejects += rejects }
  }

  func note(_ surroundings: FileSurroundings, ofFile index: Int) {
    state.withLock { $0.surroundings[index] = surroundings }
  }

  /// Takes what options name that nothing in the table is.
  package func note(unmet notes: [Note]) { state.withLock { $0.unmet = notes } }

  /// What options name that nothing in the table is.
  var unmet: [Note] { state.withLock { $0.unmet } }

  /// What was no such thing, as was seen later.
  package func forget(_ kind: Kind) {
    state.withLock {
      $0.counts[kind] = nil
      $0.findings[kind] = nil
    }
  }

  /// How often something was seen.
  package func count(of kind: Kind) -> Int { state.withLock { $0.counts[kind] ?? 0 } }

  /// What was seen, by kind.
  package var all: [Finding] {
    state.withLock { state in
      Kind.allCases.compactMap { kind in
        guard var finding = state.findings[kind] else { return nil }
        finding.count = state.counts[kind] ?? 0
        return finding
      }
    }
  }

  /// What each input has around its table.
  package var surroundings: [(fileIndex: Int, FileSurroundings)] {
    state.withLock { state in
      state.surroundings.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
  }

  /// The records that were left out, in the order of the inputs.
  package var rejects: [RejectedRecord] {
    state.withLock { state in
      state.rejects.sorted { ($0.fileIndex, $0.byteOffset) < ($1.fileIndex, $1.byteOffset) }
    }
  }
}

/// A record that was left out, and why.
package struct RejectedRecord: Hashable, Sendable {
  package let fileIndex: Int
  /// The physical line, from 1.
  package let line: Int?
  /// The offset in the decoded text.
  package let byteOffset: Int
  package let reason: String
  /// The record as it stands in the file, without its line end.
  package let text: [UInt8]
}

/// Records at the end of a table that are read, and may be none of its own.
package struct OddEnding: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// The last record has words where those above have types.
    case words
    /// The last record is called a total, and is one.
    case total
    /// A rule such as `---,---`, and what stands below it.
    case rule
    /// Nothing but delimiters.
    case empty
  }

  package let kind: Kind
  /// How many lines they are.
  package let lineCount: Int
  /// The first of them.
  package let text: String
}

/// What a file has before and behind its table, or within its header, that is no record.
package struct FileSurroundings: Hashable, Sendable {
  /// Lines before the header.
  package var preambleLineCount = 0
  /// Lines behind the last record.
  package var footerLineCount = 0
  /// Whether the first line is `sep=;`.
  package var hasDelimiterLine = false
  /// Whether quotes that are read as text would open a field that nothing closes.
  package var hasOpenQuote = false
  /// Whether a blank line stands above the header, behind the preamble.
  package var hasBlankLineAbove = false
  /// All lines above the header, or above the first record: those that are skipped, comments, blank ones.
  package var linesAbove = 0
  /// What the first line of each says.
  package var preambleText = ""
  package var footerText = ""
  /// Whether the lines before the header may be a table of their own.
  package var preambleMayBeTable = false
  /// Records at the end that may be none of the table's, if there are any.
  package var oddEnding: OddEnding?
  /// How many lines stand above the names of a table below this one, and these names, if there is one.
  package var nextTableLineCount = 0
  package var nextTableText = ""
  /// What the text looks like as a whole, where it is not read so, and what to type.
  package var hint: Sentence?
  /// What would divide lines that are read as one column of text.
  package var divider: Sentence.Option?

  package init() {}

  var isEmpty: Bool {
    self == FileSurroundings()
  }
}
