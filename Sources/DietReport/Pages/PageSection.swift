import Columnar
import Wording

/// A part of a page: a heading, and below it what there is of a sentence, a picture, the picture's figures
/// as a table, a list, and code.
package struct PageSection {
  package var heading: String
  /// A sentence under the heading.
  package var lead: String?
  package var picture: PagePicture?
  /// Where there is a picture, tables are folded away behind it: they say the same in words.
  package var tables: [PageTable]
  package var items: [String]
  /// Text to copy, as it stands.
  package var code: String?

  package init(
    _ heading: String, lead: String? = nil, picture: PagePicture? = nil, tables: [PageTable] = [],
    items: [String] = [], code: String? = nil
  ) {
    (self.heading, self.lead, self.picture) = (heading, lead, picture)
    (self.tables, self.items, self.code) = (tables, items, code)
  }

  /// Sentences; `nil` where there are none.
  package static func list(_ heading: String, _ items: [String]) -> PageSection? {
    items.isEmpty ? nil : PageSection(heading, items: items)
  }

  /// What stands between backticks is code; an odd one is what it is.
  private static func spans(_ text: String) -> [[String: String]] {
    let parts = text.unicodeScalars.split(separator: "`", omittingEmptySubsequences: false)
      .map { String($0) }
    guard parts.count > 1, !parts.count.isMultiple(of: 2) else { return [["words": text]] }
    return parts.enumerated().map { index, part in
      [index.isMultiple(of: 2) ? "words" : "quoted": part]
    }
  }

  func values(number: Int) -> [String: Any] {
    [
      "sectionID": "s\(number)", "heading": heading.onOneLine,
      "lead": lead?.onOneLine ?? false as Any, "picture": picture?.values ?? false as Any,
      "foldedTables": picture == nil ? [] : tables.map(\.values),
      "openTables": picture == nil ? tables.map(\.values) : [],
      "hasItems": !items.isEmpty, "items": items.map { ["spans": Self.spans($0.onOneLine)] },
      // Lines stay; what else moves the cursor does not.
      "code": code.map { code in
        code.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
          .map { String($0).onOneLine }.joined(separator: "\n")
      } ?? false as Any,
    ]
  }
}

/// Rows and columns of text. The first cell of a row is its head.
package struct PageTable {
  package var title: String
  package var heads: [Head]
  package var rows: [[Cell]]
  /// What is said of rows that are left out.
  package var rest: String?
  /// Whether, where the page is narrow, each row is a block with its cells below each other: for tables whose last
  /// columns are sentences. Others are moved sideways.
  package var isStacked: Bool

  package struct Head {
    var text: String
    var isNumber: Bool

    package static func text(_ text: String) -> Head { Head(text: text, isNumber: false) }
    package static func number(_ text: String) -> Head { Head(text: text, isNumber: true) }
  }

  package enum Cell {
    case text(String)
    case number(String)
    /// A share from 0 to 1 as a bar beside its text.
    case gauge(Double, String, hint: String)
  }

  package init(
    _ title: String, _ heads: [Head], rows: [[Cell]], rest: String? = nil, isStacked: Bool = false
  ) {
    (self.title, self.heads, self.rows) = (title, heads, rows)
    (self.rest, self.isStacked) = (rest, isStacked)
  }

  /// Names may be long: their middle is left out.
  static let nameWidth = 80

  var values: [String: Any] {
    [
      "isStacked": isStacked, "tableTitle": title.onOneLine, "foldedTitle": title.onOneLine,
      "heads": heads.map { [$0.isNumber ? "headNumber" : "headText": $0.text.onOneLine] },
      "rows": rows.map { cells in
        [
          "cells": cells.enumerated().map { index, cell in
            // A block has no heads above it, so that each cell has its own.
            var values = Self.values(cell, isFirst: index == 0)
            values["cellHead"] =
              isStacked && index > 0 ? heads[index].text.onOneLine as Any : false
            return values
          }
        ]
      },
      "tableRest": rest?.onOneLine ?? false as Any,
    ]
  }

  private static func values(_ cell: Cell, isFirst: Bool) -> [String: Any] {
    switch cell {
    case .text(let text):
      let shown = isFirst ? text.onOneLine.ellipsized(to: nameWidth) : text.onOneLine
      return [isFirst ? "cellName" : "cellText": shown]
    case .number(let text): return ["cellNumber": text.onOneLine]
    case .gauge(let share, let text, let hint):
      return [
        "cellGauge": [
          "gaugeText": text.onOneLine, "gaugeHint": hint.onOneLine,
          "gaugeWidth": coordinate(100 * min(max(share, 0), 1)),
        ]
      ]
    }
  }
}
