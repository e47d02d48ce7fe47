public import Columnar

// What is asked and made of texts; choices; values as another type.

extension ColumnExpression {
  /// No value, of any type.
  public static var null: Self { Self(.null) }

  /// Whether a text begins with another.
  public func hasPrefix(_ prefix: Self) -> Self { Self(.call(.startsWith, [self, prefix])) }

  /// Whether SQL's pattern stands for the whole text: `%` for any text, even none, `_` for one character,
  /// a Unicode scalar. What follows `escape` stands for itself.
  ///
  ///     col("name").like("A%")
  ///     col("share").like("100!%", escape: "!")
  ///
  /// A pattern that ends with its escape is an error of the evaluation.
  public func like(_ pattern: String, escape: Character? = nil) -> Self {
    Self(.like(self, pattern: Array(pattern.utf8), escape: escape.map { Array($0.utf8) }))
  }

  /// How many characters a text has: Unicode scalars, as SQL's `length` and `len_chars` of polars count.
  public var length: Self { Self(.call(.length, [self])) }

  /// A text in small letters, by Unicode's full mapping, whatever the language.
  public var lowercased: Self { Self(.call(.lower, [self])) }

  /// A text in capital letters, by Unicode's full mapping, whatever the language: `ß` becomes `SS`.
  public var uppercased: Self { Self(.call(.upper, [self])) }

  /// Texts one behind the other; nulls are left out, as in SQL's `concat`. With `+` a null makes a null.
  public static func concatenated(_ texts: [Self]) -> Self {
    let parts = texts.map { text in
      Self(.call(.choose, [text.isNull, Self(.text([])), text]), at: text.place)
    }
    guard let first = parts.first else { return Self(.text([])) }
    return parts.dropFirst().reduce(first) { joined, part in
      Self(.arithmetic(.add, joined, part), at: part.place)
    }
  }

  /// Conditions, each with a value: the value of the first that is true, as SQL's `case when … then … else … end`: one that
  /// is null is not. Null where none is and there is no `otherwise`.
  ///
  ///     .cases([(col("delay") > 60, "late"), (col("delay") > 15, "a little")], otherwise: "on time")
  public static func cases(
    _ cases: [(Self, Self)], otherwise: Self = .null
  ) -> Self {
    cases.reversed().reduce(otherwise) { rest, next in
      let (condition, value) = next
      let isTrue = Self(.isTrue(condition), at: condition.place)
      return Self(.call(.choose, [isTrue, value, rest]), at: value.place)
    }
  }

  /// The same values as another type, each exactly, as `Column.cast(to:)`: the first that has no such
  /// value is an error of the evaluation, with its row. Nulls stay nulls.
  public func cast(to type: LogicalType) -> Self { Self(.cast(self, type)) }
}
