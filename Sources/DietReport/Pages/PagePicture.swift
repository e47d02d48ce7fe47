import Columnar
import Wording

/// Panels with a name and a value in words, and between them marks: drawn as SVG, which stretches with
/// the page. Marks have their place across in percent, and down in pixels, so that strokes and letters
/// keep their size on any screen.
package struct PagePicture {
  package enum Kind: String {
    /// Panels below one another, each with its name before it and its value behind.
    case bars
    /// The same, close together, on one scale.
    case scale
    /// A panel as wide as the page.
    case whole
    /// Areas, as wide as the page.
    case tiles
    /// Small panels side by side.
    case small
  }

  package var kind: Kind
  package var legend: [(tone: PageTone, text: String)]
  package var panels: [Panel]

  package init(
    _ kind: Kind, legend: [(tone: PageTone, text: String)] = [], panels: [Panel]
  ) {
    (self.kind, self.legend, self.panels) = (kind, legend, panels)
  }

  package struct Panel {
    package var name: String
    package var value: String
    /// What it shows, in a sentence: for who points at it, or does not see it.
    package var hint: String
    package var height: Int
    /// A box of its own, stretched over the panel, for paths.
    package var viewBox: String?
    package var isSlow: Bool
    /// The tone of all rectangles that have none of their own.
    package var tone: PageTone?
    package var marks: [Mark]

    package init(
      _ name: String, value: String = "", hint: String, height: Int, viewBox: String? = nil,
      isSlow: Bool = false, tone: PageTone? = nil, marks: [Mark]
    ) {
      (self.name, self.value, self.hint, self.height) = (name, value, hint, height)
      (self.viewBox, self.isSlow) = (viewBox, isSlow)
      (self.tone, self.marks) = (tone, marks)
    }
  }

  package enum Mark {
    /// What follows, up to `endGroup`, has a title of its own.
    case group(String)
    case endGroup
    case rect(PageTone?, x: Double, y: Double, width: Double, height: Double)
    case line(PageTone, x: Double, y: Double, x2: Double, y2: Double)
    case dot(PageTone, x: Double, y: Double)
    /// Lines from top to bottom that other panels repeat, as `grid`; `one` is what all is compared with.
    case gridLines([Double], one: Double, height: Int)
    case grid
    case path(PageTone, String)
    case label(PageTone, x: Double, y: Double, dx: Int, String)
  }

  var values: [String: Any] {
    [
      "pictureKind": kind.rawValue, "hasLegend": !legend.isEmpty,
      "legend": legend.map { ["legendTone": $0.tone.rawValue, "legendText": $0.text.onOneLine] },
      "panels": panels.map(\.values),
    ]
  }
}

extension PagePicture.Panel {
  fileprivate var values: [String: Any] {
    [
      "panelName": name.onOneLine.ellipsized(to: 60), "panelValue": value.onOneLine,
      "panelHint": hint.onOneLine, "panelTone": tone?.rawValue ?? false as Any,
      "panelHeight": height, "viewBox": viewBox ?? false as Any,
      "panelClass": isSlow ? " slow" : "", "marks": marks.map(\.values),
    ]
  }
}

extension PagePicture.Mark {
  fileprivate var values: [String: Any] {
    switch self {
    case .group(let title): ["group": title.onOneLine]
    case .endGroup: ["endsGroup": true]
    case .rect(let tone, let x, let y, let width, let height):
      [
        "rect": [
          "tone": tone?.rawValue ?? false as Any, "x": x == 0 ? false as Any : coordinate(x),
          "y": y == 0 ? false as Any : coordinate(y),
          "width": coordinate(width), "height": coordinate(height),
        ]
      ]
    case .line(let tone, let x, let y, let x2, let y2):
      [
        "line": [
          "tone": tone.rawValue, "x": coordinate(x), "y": coordinate(y), "x2": coordinate(x2),
          "y2": coordinate(y2),
        ]
      ]
    case .dot(let tone, let x, let y):
      ["dot": ["tone": tone.rawValue, "x": coordinate(x), "y": coordinate(y)]]
    case .gridLines(let places, let one, let height):
      [
        "hasGridLines": true,
        "gridLines": places.map {
          [
            "opacity": $0 == one ? ".6" : ".18", "x": coordinate($0), "y2": "\(height)",
          ]
        },
      ]
    case .grid: ["grid": true]
    case .path(let tone, let d): ["path": ["tone": tone.rawValue, "d": d]]
    case .label(let tone, let x, let y, let dx, let text):
      [
        "label": [
          "tone": tone.rawValue, "x": coordinate(x), "y": coordinate(y),
          "dx": dx == 0 ? false as Any : dx, "text": text.onOneLine,
        ]
      ]
    }
  }
}

/// A place to two digits behind the point, as SVG writes it: `12.5`.
func coordinate(_ value: Double) -> String {
  let hundredths = (min(max(value.isFinite ? value : 0, -1e6), 1e6) * 100).rounded()
  let (whole, rest) = Int(hundredths).magnitude.quotientAndRemainder(dividingBy: 100)
  var text = hundredths < 0 ? "-\(whole)" : "\(whole)"
  if rest > 0 {
    text += rest.isMultiple(of: 10) ? ".\(rest / 10)" : rest < 10 ? ".0\(rest)" : ".\(rest)"
  }
  return text
}
