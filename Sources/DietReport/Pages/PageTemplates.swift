import Columnar
import Mustache

/// The templates of pages. They have no logic: numbers, words and coordinates come from Swift.
///
/// The files are part of the program: `Package.swift` embeds each of them.
enum PageTemplates {
  /// Text of `values` in the template of that name.
  static func text(_ template: Template, _ values: [String: Any]) -> String {
    library.render(values, withTemplate: template.rawValue) ?? ""
  }

  enum Template: String { case page, fragment }

  static let partsStyle = String(decoding: PackageResources.parts_css, as: UTF8.self)
  static let pageStyle = String(decoding: PackageResources.page_css, as: UTF8.self)

  private static let library: MustacheLibrary = {
    MustacheContentTypes.register(ScalarEscaping(), named: "scalars")
    let files = [
      ("page", PackageResources.page_mustache), ("fragment", PackageResources.fragment_mustache),
      ("head", PackageResources.head_mustache), ("section", PackageResources.section_mustache),
      ("picture", PackageResources.picture_mustache), ("table", PackageResources.table_mustache),
    ]
    var library = MustacheLibrary()
    for (name, bytes) in files {
      do {
        try library.register(String(decoding: bytes, as: UTF8.self), named: name)
      } catch {
        assertionFailure("\(name).mustache: \(error)")
      }
    }
    return library
  }()
}

/// Escapes scalar by scalar. The library goes by characters, and a quote with an accent is one that it
/// does not know: such a name would leave its attribute.
private struct ScalarEscaping: MustacheContentType {
  func escapeText(_ text: String) -> String {
    if !text.utf8.contains(where: { Self.entity(of: $0) != nil }) { return text }
    var html: [UInt8] = []
    html.reserveCapacity(text.utf8.count + 16)
    for byte in text.utf8 {
      if let entity = Self.entity(of: byte) {
        html.append(contentsOf: entity.utf8)
      } else {
        html.append(byte)
      }
    }
    return String(decoding: html, as: UTF8.self)
  }

  private static func entity(of byte: UInt8) -> String? {
    switch byte {
    case UInt8(ascii: "&"): "&amp;"
    case UInt8(ascii: "<"): "&lt;"
    case UInt8(ascii: ">"): "&gt;"
    case UInt8(ascii: "\""): "&quot;"
    case UInt8(ascii: "'"): "&#39;"
    default: nil
    }
  }
}
