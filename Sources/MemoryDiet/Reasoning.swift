import Columnar

/// Reasons and notes, in words.
enum Reasoning {
  static func reason(
    for layout: Layout, profile: ColumnProfile, room: IntegerRoom = .none
  ) -> String {
    guard room != .none, profile.takesRoom else { return layout.reason(for: profile) }
    if layout.isPlainInteger, let range = profile.integers {
      return "\(range.minimum) to \(range.maximum) with the room asked for: \(layout)"
    }
    let bits =
      layout.minimumBits.map { "; handed over in \($0) bits, for the room asked for" } ?? ""
    return layout.reason(for: profile) + bits
  }

  static func notes(for layout: Layout, profile: ColumnProfile) -> [Note] {
    var notes: [Note] = []
    switch profile.fidelity {
    case .text: break
    case .value:
      notes.append(
        Note(
          .spellingVaries,
          "some fields are spelled in another way than the values print; the values are the same"))
    case .rounded:
      notes.append(
        Note(
          .digitsRounded,
          """
          some fields have more digits, or are nearer to 0, than binary64 keeps; \(mention: "exact") keeps them as text
          """))
    case .error: break
    }
    if let error = ValueError(profile, layout) {
      notes.append(
        Note(
          .valuesRounded,
          """
          rounded to 32 bits: values differ by up to \(error.greatest.shortened) of themselves, \
          \(error.limit) is allowed
          """))
    }
    if let share = layout.headroom(for: profile), share < 0.1, let range = profile.integers,
      layout.isPlainInteger
    {
      notes.append(
        Note(
          .littleHeadroom, "\(range.maximum) is close to the end of \(layout): little headroom"))
    }
    if let count = profile.floats?.nanCount, count > 0 {
      let isOne = count == 1
      let nulls = profile.source.words.spelledNaN.map {
        Sentence.Option("null-token", .ofColumn(profile.name, $0))
      }
      let advice: Sentence =
        nulls.isEmpty ? "" : "; \(options: nulls) makes \(isOne ? "it" : "them") null"
      notes.append(
        Note(
          .notANumber,
          "\(count) NaN \(isOne ? "is a value, not a null" : "are values, not nulls")" + advice))
    }
    if profile.type == .string, let text = profile.text, profile.valueCount > 0,
      !profile.isTypeTold
    {
      if text.forms.contains(.signedDigits) {
        notes.append(
          Note(
            .digitsKeptAsText,
            "digits kept as text: zeros or signs in front would be lost as numbers"))
      } else if text.forms.contains(.number),
        !profile.notes.contains(where: { $0.code == .decimalsUnclear })
      {
        notes.append(
          Note(
            .numbersKeptAsText,
            "numbers kept as text: no number type gives all of them back"))
      }
    }
    return notes
  }
}
