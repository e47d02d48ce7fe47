import Columnar

/// Which columns there are, and how they are stored and handed over.
extension ReadingOption {
  static let dropping: [ReadingOption] = [
    .names(
      "drop", .dropping, help: "Leave out these columns.",
      value: { $0.drop.isEmpty ? nil : $0.drop }, set: { $0.drop = $1 })
  ]

  static let lean: [ReadingOption] = [
    .names(
      "columns", .lean, help: "Read only these columns.", value: \.columns, set: { $0.columns = $1 }
    ),
    ReadingOption.names(
      "keep", .lean, help: "Leave these columns in their plain wide layout.",
      value: { $0.layout.keptColumns.isEmpty ? nil : $0.layout.keptColumns.sorted() },
      set: { $0.layout.keptColumns = Set($1) }
    ).with { $0.isForPrograms = false },
    .flag(
      "unsigned", .lean, \.layout.allowsUnsigned, help: "Allow unsigned integers."),
    floatError,
    ReadingOption.word(
      "categories", .lean, \.categories,
      help:
        "Columns to hand over as categories if they have few distinct values: all, text or none."
    ).with { $0.valueName = "which" },
    margin, minimumBits,
  ]

  static let storage: [ReadingOption] = [
    ReadingOption.word(
      "policy", .storage, \.layout.storage,
      help: "How densely columns are held in memory: fast, packed or smallest."
    ).with { $0.valueName = "which" }
  ]

  private static let floatError = ReadingOption.text(
    "float-error", .lean, .factor,
    help: "Store floats in 32 bits if the relative error stays below this, such as 1e-6.",
    // As users write it: 1e-7.
    value: { $0.layout.floatErrorLimit.map { "\($0)".replacing("e-0", with: "e-") } },
    set: { options, text throws(OptionError) in
      guard let limit = Double(text), limit > 0, limit < 1 else {
        throw OptionError("'\(text)' is no share above 0 and below 1, such as 1e-6")
      }
      options.layout.floatErrorLimit = limit
    }
  ).with {
    $0.valueName = "share"
    $0.isForPrograms = false
  }

  private static let margin = ReadingOption.text(
    "margin", .lean, .factor,
    help: "Choose integer types that hold this many times the extremes, such as 2x.",
    value: { $0.layout.room.margin == .none ? nil : $0.layout.room.margin.description },
    set: { options, text throws(OptionError) in
      guard let margin = Margin(text) else {
        throw OptionError(
          "'\(text)' is no factor of 1 or more, of at most three decimals, such as 2x or 1.5x")
      }
      options.layout.room.margin = margin
    }
  ).with {
    $0.valueName = "factor"
    $0.programHelp =
      "Integers in types that hold so many times their extremes: `2`, `1.5` or `\"2x\"`."
  }

  private static let minimumBits = ReadingOption(
    "min-bits", .lean, .size(IntegerRoom.widths),
    help: "Smallest integer width: 8, 16, 32 or 64.",
    value: { $0.layout.room.minimumBits == 8 ? nil : .number($0.layout.room.minimumBits) },
    set: { options, value in
      if case .number(let bits) = value { options.layout.room.minimumBits = bits }
    }
  ).with {
    $0.valueName = "bits"
    $0.defaultText = "8"
  }
}
