import Columnar

/// Reasons and notes, in words.
enum Reasoning {
  static func reason(
    for layout: Layout, profile: ColumnProfile, room: IntegerRoom = .none
  ) -> String {
    guard room != .none, profile.takesRoom else { return reason(for: layout, profile) }
    if layout.encoding == "integer", let range = profile.integers {
      return "\(range.minimum) to \(range.maximum) with the room asked for: \(layout)"
    }
    let bits =
      layout.minimumBits.map { "; handed over in \($0) bits, for the room asked for" } ?? ""
    return reason(for: layout, profile) + bits
  }

  private static func reason(for layout: Layout, _ profile: ColumnProfile) -> String {
    switch layout.encoding {
    case "constant":
      return layout.values == nil ? "no row has a value" : "every value is the same"
    case "sequence":
      return "each row is \(layout.step ?? 0) more than the one before, from \(layout.base ?? 0)"
    case "bits": return "two values: one bit a row"
    case "integer":
      guard let range = profile.integers else { return "whole numbers" }
      let scaled = profile.type.scale.map { ", held as integers of 10^-\($0)" } ?? ""
      return "\(range.minimum) to \(range.maximum) fits \(layout)\(scaled)"
    case "frame_of_reference":
      guard let range = profile.integers else { return "numbers close together" }
      return "\(range.maximum - range.minimum) apart from \(layout.base ?? 0): \(layout)"
    case "float":
      if let limit = layout.errorLimit, profile.floats?.fitsFloat32 == false {
        return "32 bits hold every value within \(limit) of itself"
      }
      return layout.width == 4
        ? "every value survives the way to 32 bits and back"
        : "some values need all 64 bits"
    case "fixed":
      switch layout.form {
      case "uuid", "UUID": return "UUIDs are 16 bytes"
      case "ipv4": return "IPv4 addresses are 4 bytes"
      case "hex", "HEX":
        return "\((layout.width ?? 0) * 2) hex digits are \(layout.width ?? 0) bytes"
      default: return "every value has \(layout.width ?? 0) bytes, so no offsets are needed"
      }
    case "utf8":
      if profile.dictionaryCount == nil { return "too many distinct values for a dictionary" }
      return "a dictionary of \(profile.dictionaryCount ?? 0) values would not be a fifth smaller"
    case "dictionary":
      return "\(profile.dictionaryCount ?? 0) distinct values in \(profile.valueCount) rows"
    default: return layout.description
    }
  }

  static func notes(for layout: Layout, profile: ColumnProfile) -> [String] {
    var notes: [String] = []
    switch profile.fidelity {
    case .text: break
    case .value: notes.append("spelling varies in the file; the values are the same")
    case .rounded:
      notes.append("some fields have more digits than binary64 keeps; --exact keeps them as text")
    case .error: break
    }
    if let error = ValueError(profile, layout) {
      notes.append(
        "rounded to 32 bits: values differ by up to \(error.greatest.shortened) of themselves,"
          + " \(error.limit) is allowed")
    }
    if let share = Headroom.share(of: layout, profile: profile), share < 0.1,
      let range = profile.integers, layout.encoding == "integer"
    {
      notes.append("\(range.maximum) is close to the end of \(layout): little headroom")
    }
    if let count = profile.floats?.nanCount, count > 0 {
      notes.append("\(count) NaN are values, not nulls; --null-token nan makes them null")
    }
    if profile.type == .string, let text = profile.text, profile.valueCount > 0 {
      if text.forms.contains(.signedDigits) {
        notes.append("digits kept as text: zeros or signs in front would be lost as numbers")
      } else if text.forms.contains(.number) {
        notes.append("numbers kept as text: no number type gives all of them back")
      }
    }
    return notes
  }
}
