import Columnar
import DelimitedText
import FileIO
import Options
import Pipeline
import Typing

extension TableReader {
  /// Learns from a part of the table what its columns may be: the profiles of all parts together say what they
  /// are and need. A part is a file, or what `byteRange` says.
  ///
  /// - Parameter isBrief: Whether columns are read as what they are in each file or part alone, which takes a fraction
  ///   of the time. That is enough as long as all parts are alike, as `lackingColumns` of the whole says.
  /// - Throws: `OptionError` where an option is not for profiles of parts, or the table cannot be cut;
  ///   `ProfileError` where files are of different tables; `ReadingError`.
  public func mergeableProfile(isBrief: Bool = false) throws -> MergeableProfile {
    let words = try options.profileWords()
    let reading = try reading()
    guard case .inputs(let formats) = reading.source, formats.allSatisfy({ $0 == nil }) else {
      throw OptionError("\(paths[0]) has types already; profiles of parts are for text such as CSV")
    }
    try checkDifferent()
    var whole: PartProfile?
    for input in inputs {
      let pass = ProfilingPass(
        input, reading: reading.reading, typing: reading.typing, isBrief: isBrief,
        progress: progress)
      let part = try pass.profile(options: words)
      do {
        // In place: a copy of what is known so far would take as long as all of it.
        if whole == nil { whole = part } else { try whole?.formUnion(part) }
      } catch {
        throw ProfileError(error)
      }
    }
    guard let whole else { throw OptionError("there is no file") }
    return MergeableProfile(whole)
  }

  /// - Throws: `ProfileError` where one file is there under two names.
  private func checkDifferent() throws(ProfileError) {
    var names: [FileIdentity: String] = [:]
    for input in inputs {
      guard case .path(let path) = input.whole,
        let file = FileIdentity(path)
      else { continue }
      if let other = names.updateValue(path, forKey: file) {
        throw ProfileError(.overlap, "\(other) and \(path) are one file; name it once")
      }
    }
  }
}

extension TableReader {
  /// Finds where records begin, in the whole file or in `byteRange`, which takes a fraction of the time of anything
  /// else.
  ///
  /// - Throws: `OptionError` where the table cannot be cut; `ReadingError`.
  public func scan() throws -> FileScan {
    var reader = self
    // What can be cut is what has ranges.
    reader.byteRange = byteRange ?? 0..<Int.max
    reader.fileScan = nil
    return FileScan(
      try ScanningPass(inputs[0], reading: reader.reading().reading).scan(progress: progress))
  }
}

extension TableReader {
  /// The table of which there is a profile, and nothing else.
  ///
  /// - Throws: `OptionError` where an option says how text is read, which was said when it was profiled;
  ///   `ProfileError` where some of its records are in no part.
  init(_ profile: MergeableProfile, options: ReadingOptions) throws {
    guard profile.part.isWhole else { throw ProfileError.missing(profile.part) }
    let others = options.given(in: [.files]).first.map { $0.option.mention(for: $0.value) }
    if let option = options.textOption ?? others {
      throw OptionError(
        "\(mention: option): how the files are read was said when they were profiled")
    }
    var all = profile.options
    (all.layout, all.categories, all.text.threads) = (
      options.layout, options.categories, options.text.threads
    )
    self.init(known: profile.part, options: all)
    let lacking = try profile.lackingColumns()
    if !lacking.isEmpty { throw ProfileError.lacking(lacking) }
  }

  /// The table that profiles in files are of; `nil` where the first file has no profile.
  ///
  /// - Throws: `DocumentError` where another has none; `ProfileError` where they are not of one table, or
  ///   something is missing; `OptionError` where an option says how text is read.
  public init?(profiles paths: [String], options: ReadingOptions) throws {
    if let path = paths.first(where: MergeableProfile.isEmptyProfile) {
      throw DocumentError(path: path, message: "the profile is empty: make it anew")
    }
    guard let path = paths.first, SealedDocument.profile.isFile(path) else { return nil }
    try self.init(MergeableProfile(contentsOfFiles: paths), options: options)
  }
}

extension TableProfile {
  /// Whether there are rows, and not only what was known of them.
  package var hasRows: Bool { reader.known == nil }
}

extension MergeableProfile {
  /// What was odd about records.
  package var notes: [Note] { ProfileTableSource(part, threads: nil).notes }
}

extension ReadingOptions {
  /// What of them says how a part is read, in a form that is compared and stored.
  ///
  /// - Throws: `OptionError` where one is not for profiles of parts.
  func profileWords() throws -> [String] {
    var kept = self
    kept.layout = LayoutPolicy()
    kept.categories = .text
    kept.text.threads = nil
    let given = kept.given()
    for (option, _) in given where !Self.ofParts.contains(option.name) {
      throw OptionError(
        "\(mention: option.name): it is not for profiles of parts; make the plan of all files with"
          + " it, which is for parts too: `diet plan FILES`")
    }
    return given.isEmpty ? [] : [String(decoding: try JSONDocument.encode(kept), as: UTF8.self)]
  }

  init(profileWords words: [String]) throws {
    self.init()
    if let json = words.first { self = try ReadingOptions(json: json) }
  }

  /// What parts may be read by. What names columns and types is for the whole table.
  private static let ofParts: Set<String> = [
    "delimiter", "quote", "escape", "comment", "spaces", "header", "encoding", "skip",
    "header-records", "null-token", "zero-padded", "thousands", "decimal", "exact",
  ]
}
