import Columnar
import DelimitedText
import FileIO

/// How text becomes records.
extension ReadingOption {
  static let dialect: [ReadingOption] = [
    delimiter, quote, escape, comment,
    .word(
      "spaces", .dialect, \.text.spacing, swift: "spacing",
      help: "How to treat spaces around fields: keep, quotes (ignore around quotes), initial, trim."
    ),
    .choice(
      "header", .dialect, \.text.hasHeader, swift: "hasHeader",
      help: "Whether the first record is a header."
    ).with { option in
      // pandas' word: `None` is its word for no header.
      option.programDefault = "infer"
      option.programHelp = "Whether the first record is a header; None is False, as in pandas."
    },
    .count(
      "header-records", .dialect, \.text.headerRecordCount, in: 1...100, swift: "headerRecordCount",
      help: "Number of header records; several are joined."),
    encoding, invalidUTF8,
    .count(
      "skip", .dialect, \.text.skippedLineCount, in: 0..., swift: "skippedLineCount",
      help: "Lines to skip before the header."),
    .count(
      "skip-footer", .dialect, \.text.skippedFooterLineCount, in: 0...,
      swift: "skippedFooterLineCount", help: "Lines to skip at the end of each file."),
    .word(
      "repeated-headers", .dialect, \.text.repeatedHeaders,
      help: "What to do with records equal to the header: keep or drop."
    ).with { option in
      option.swift = {
        $0.text.dropsRepeatedHeaders ? [.reading("dropsRepeatedHeaders = true")] : []
      }
    },
    .flag(
      "strict", .dialect, \.isStrict, help: "Fail on short, long or badly quoted records."
    ).with { option in
      option.swift = { $0.isStrict ? [.reading("badRecords = .refused")] : [] }
    },
    onBadRecord,
    .word(
      "engine", .dialect, \.text.engine, swift: "engine",
      help: "Tokenizer: automatic or libcsv."),
    .count(
      "max-expansion", .dialect, \.text.maximumExpansion, in: 1..., swift: "maximumExpansion",
      help: "Largest allowed ratio of decompressed to compressed size."
    ).with { $0.valueName = "n" },
  ]

  private static let delimiter = ReadingOption.text(
    "delimiter", .dialect,
    help: "Delimiter: one or more characters, or tab, comma, semicolon, pipe (default: detected).",
    value: { options in
      guard let first = options.text.delimiter else { return nil }
      return first == CSVDialect.noDelimiter
        ? "none" : OptionCharacters.text([first] + options.text.delimiterTail)
    },
    set: { options, text throws(OptionError) in
      let bytes = text == "none" ? [CSVDialect.noDelimiter] : try OptionCharacters.bytes(text)
      options.text.delimiter = bytes[0]
      options.text.delimiterTail = Array(bytes.dropFirst())
    }
  ).with { option in
    option.swift = { options in
      let tail = options.text.delimiterTail
      return (options.text.delimiter.map { [.reading("delimiter = \($0)")] } ?? [])
        + (tail.isEmpty ? [] : [.reading("delimiterTail = \(tail)")])
    }
  }

  private static let quote = ReadingOption.text(
    "quote", .dialect, help: "Quote character, or none.",
    value: { options in
      switch options.text.quoting {
      case .detected: nil
      case .none: "none"
      case .enclosed(let quote): OptionCharacters.text([quote])
      }
    },
    set: { options, text throws(OptionError) in
      options.text.quoting =
        text == "none" || text.isEmpty ? .none : .enclosed(by: try OptionCharacters.byte(text))
    }
  ).with { option in
    option.swift = { options in
      switch options.text.quoting {
      case .detected: []
      case .none: [.reading("quoting = .none")]
      case .enclosed(let quote): [.reading("quoting = .enclosed(by: \(quote))")]
      }
    }
  }

  private static let escape = ReadingOption.text(
    "escape", .dialect, help: "Escape character, or none if quotes are doubled.",
    value: { options in
      switch options.text.escaping {
      case .detected: nil
      case .doubled: "none"
      case .character(let escape): OptionCharacters.text([escape])
      }
    },
    set: { options, text throws(OptionError) in
      options.text.escaping =
        text == "none" ? .doubled : .character(try OptionCharacters.byte(text))
    }
  ).with { option in
    option.swift = { options in
      switch options.text.escaping {
      case .detected: []
      case .doubled: [.reading("escaping = .doubled")]
      case .character(let escape): [.reading("escaping = .character(\(escape))")]
      }
    }
  }

  private static let comment = ReadingOption.text(
    "comment", .dialect, help: "Prefix of comment lines, or none.",
    value: { options in
      switch options.text.comments {
      case .detected: nil
      case .none: "none"
      case .prefix(let prefix): OptionCharacters.text(prefix)
      }
    },
    set: { options, text throws(OptionError) in
      options.text.comments = text == "none" ? .none : .prefix(try OptionCharacters.bytes(text))
    }
  ).with { option in
    option.swift = { options in
      switch options.text.comments {
      case .detected: []
      case .none: [.reading("comments = .none")]
      case .prefix(let prefix): [.reading("comments = .prefix(\(prefix))")]
      }
    }
  }

  private static let encoding = ReadingOption.text(
    "encoding", .dialect,
    help: "Text encoding, any that iconv knows: utf-8, utf-16le, windows-1251, shift_jis, …",
    value: { $0.text.encoding?.rawValue },
    set: { options, name throws(OptionError) in
      guard let encoding = TextEncoding(rawValue: name) else {
        let near = TextEncoding.names(near: name).joined(separator: ", ")
        throw OptionError(
          "'\(name)' is no encoding that is known here; "
            + (near.isEmpty ? "`iconv -l` lists many" : "near it are \(near)"))
      }
      options.text.encoding = encoding
    }
  ).with { option in
    option.swift = { options in
      options.text.encoding.map {
        [.reading("encoding = TextEncoding(rawValue: \($0.rawValue.swiftLiteral))")]
      } ?? []
    }
  }

  private static let invalidUTF8 = ReadingOption.word(
    "invalid-utf8", .dialect, \.text.invalidUTF8, swift: "invalidUTF8",
    help: "What to do with invalid UTF-8: error or replace."
  ).with {
    $0.instead = [
      "binary":
        "there are no columns of bytes; \(option: "encoding", "latin-1") keeps every byte as the"
        + " character of its number"
    ]
  }

  private static let onBadRecord = ReadingOption.text(
    "on-bad-record", .dialect,
    help:
      "What to do with short, long or badly quoted records: error, skip, or collect and a file.",
    value: { options in
      switch options.badRecords {
      case nil: nil
      case .error: "error"
      case .skip: "skip"
      case .collect(let path): "collect=\(path)"
      }
    },
    set: { options, text throws(OptionError) in
      switch text {
      case "error": options.badRecords = .error
      case "skip": options.badRecords = .skip
      case "collect", "collect=":
        throw OptionError("name the file to write the records to: `collect=FILE`")
      case _ where text.hasPrefix("collect="):
        options.badRecords = .collect(path: String(text.dropFirst(8)))
      default: throw OptionError(invalid: text, expected: ["error", "skip", "collect=FILE"])
      }
    }
  ).with { option in
    option.valueName = "error|skip|collect file"
    option.programHelp =
      "Short, long and oddly quoted records: `error`, `skip`, or `collect=` and the file to write"
      + " them to."
    // `collect=FILE` is two words as users write it.
    option.parts = { $0.split(separator: "=", maxSplits: 1).map(String.init) }
    option.swift = { options in
      switch options.badRecords {
      case nil: []
      case .error: [.reading("badRecords = .refused")]
      // What is collected is left out of the table too.
      case .skip, .collect: [.reading("badRecords = .skipped")]
      }
    }
  }
}

/// Whether records that equal the header stay.
enum RepeatedHeaders: String, CaseIterable {
  case keep, drop
}

extension CSVReadingOptions {
  fileprivate var repeatedHeaders: RepeatedHeaders {
    get { dropsRepeatedHeaders ? .drop : .keep }
    set { dropsRepeatedHeaders = newValue == .drop }
  }
}
