import ArgumentParser
import Options
import TabularDiet

/// Which of the catalogue's options a verb has.
protocol OptionScope {
  static var sections: [ReadingOption.Section] { get }
}

/// How records are told apart, whatever they mean.
enum TextScope: OptionScope {
  static let sections: [ReadingOption.Section] = [.dialect, .files, .machine]
}

/// How a table is read.
enum TableScope: OptionScope {
  static let sections = TextScope.sections + [.typing, .dropping]
}

/// What becomes of it.
enum LeanScope: OptionScope {
  static let sections = [.lean] + StorageScope.sections
}

/// How densely it is held.
enum StorageScope: OptionScope {
  static let sections: [ReadingOption.Section] = [.storage]
}

/// The flags of the catalogue's options.
///
/// The argument parser finds flags by looking at the properties of a value, and sets them as a decoder.
/// Here the properties are made from the catalogue, and decoded by the names that they have there.
struct OptionArguments<Scope: OptionScope>: ParsableArguments, CustomReflectable {
  private let result: Result<ReadingOptions, OptionError>

  var options: ReadingOptions { (try? result.get()) ?? ReadingOptions() }

  init() { result = .success(ReadingOptions()) }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: OptionKey.self)
    var options = ReadingOptions()
    var fault: OptionError?
    for option in Self.all {
      let words = try OptionFlag(option: option).words(in: container)
      guard fault == nil, !words.isEmpty else { continue }
      do throws(OptionError) {
        try option.set(words: words, in: &options)
      } catch {
        fault = error
      }
    }
    result = fault.map { .failure($0) } ?? .success(options)
  }

  /// What contradicts itself is told before anything is read.
  func validate() throws {
    do {
      try result.get().validate()
    } catch let error as ReadingError {
      throw ValidationError(error.inCommands)
    } catch let error as OptionError {
      throw ValidationError(error.inCommands)
    }
  }

  var customMirror: Mirror {
    Mirror(self, children: Self.all.map { ($0.flagLabel, OptionFlag(option: $0).property) })
  }

  private static var all: [ReadingOption] {
    OptionCatalogue.current.options(in: Scope.sections)
  }
}

extension ReadingOption {
  /// The name of the property that the argument parser is shown: `headerRecords`.
  fileprivate var flagLabel: String {
    let words = name.split(separator: "-")
    return words[0] + words.dropFirst().map(\.capitalized).joined()
  }
}

extension Substring {
  fileprivate var capitalized: String { prefix(1).uppercased() + dropFirst() }
}

/// One option as the argument parser sees it.
private struct OptionFlag {
  let option: ReadingOption

  private var name: NameSpecification { .customLong(option.name) }

  private var help: ArgumentHelp {
    ArgumentHelp("\(option.help)", valueName: option.valueName ?? option.name)
  }

  /// What a shell offers for its value.
  private var completion: CompletionKind? {
    switch option.kind {
    case .word(let words): .list(words)
    case .size(let sizes): .list(sizes.map { "\($0)" })
    default: nil
    }
  }

  /// What declares it.
  var property: Any {
    switch option.kind {
    case .flag: return Flag<Bool>(wrappedValue: false, name: name, help: help)
    case .choice: return Flag<Bool?>(name: name, inversion: .prefixedNo, help: help)
    case .names, .values, .pairs:
      return Option<[String]>(
        wrappedValue: [], name: name,
        parsing: option.takesDashes ? .unconditionalSingleValue : .singleValue, help: help,
        completion: completion)
    case .count, .size, .word, .text, .factor:
      let parsing: SingleValueParsingStrategy
      if case .count = option.kind { parsing = .unconditional } else { parsing = .next }
      if let usual = option.defaultText {
        return Option<String>(
          wrappedValue: usual, name: name, parsing: parsing, help: help,
          completion: completion)
      }
      return Option<String?>(
        name: name, parsing: parsing, help: help, completion: completion)
    }
  }

  /// The words that it was given; none where it was not.
  func words(in container: KeyedDecodingContainer<OptionKey>) throws -> [String] {
    let key = OptionKey(option.flagLabel)
    switch option.kind {
    case .flag:
      return try container.decode(Flag<Bool>.self, forKey: key).wrappedValue ? ["true"] : []
    case .choice:
      return try container.decode(Flag<Bool?>.self, forKey: key).wrappedValue.map { ["\($0)"] }
        ?? []
    case .names, .values, .pairs:
      return try container.decode(Option<[String]>.self, forKey: key).wrappedValue
    case .count, .size, .word, .text, .factor:
      if option.defaultText != nil {
        return [try container.decode(Option<String>.self, forKey: key).wrappedValue]
      }
      return try container.decode(Option<String?>.self, forKey: key).wrappedValue.map { [$0] } ?? []
    }
  }
}
