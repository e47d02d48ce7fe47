import Columnar

/// A report as one HTML file: a headline, and sections from top to bottom. It has no script, asks for
/// nothing from anywhere, and is light or dark as the reader's system is.
///
///     HTMLPage("diet analyze", title: "flights.csv", facts: "336,776 rows", outcome: "…", sections: […]).text
///
/// All text is data: it is put on one line, with control characters made visible, and escaped.
package struct HTMLPage {
  /// Which report it is: the command that makes it.
  package var kind: String
  /// What the page is of: its first heading, and with the kind its title.
  package var title: String
  /// How large that is.
  package var facts: String
  /// The few numbers to be seen first.
  package var figures: [Figure] = []
  /// What was found, in a sentence.
  package var outcome: String
  package var sections: [PageSection]

  /// A number with its label, large.
  package struct Figure {
    package var label: String
    package var value: String
    package var tone: PageTone

    package init(_ label: String, _ value: String, tone: PageTone = .plain) {
      (self.label, self.value, self.tone) = (label, value, tone)
    }
  }

  package init(
    _ kind: String, title: String, facts: String, figures: [Figure] = [], outcome: String,
    sections: [PageSection]
  ) {
    self.kind = kind
    (self.title, self.facts, self.figures) = (title, facts, figures)
    (self.outcome, self.sections) = (outcome, sections)
  }

  /// The whole page, ending in a line end.
  package var text: String { PageTemplates.text(.page, values) }

  /// The same as a piece of a page, for notebooks: on their background, in their type.
  package var fragment: String { PageTemplates.text(.fragment, values) }

  private var values: [String: Any] {
    [
      "pageKind": kind, "pageTitle": title.onOneLine, "pageFacts": facts.onOneLine,
      "outcome": outcome.onOneLine,
      "partsStyle": PageTemplates.partsStyle, "pageStyle": PageTemplates.pageStyle,
      "hasFigures": !figures.isEmpty,
      "figures": figures.map {
        [
          "figureLabel": $0.label.onOneLine, "figureValue": $0.value.onOneLine,
          "figureTone": $0.tone.rawValue,
        ]
      },
      "sections": sections.enumerated().map { $1.values(number: $0 + 1) },
    ]
  }
}

/// What a mark stands for. The style sheet gives each its colour: all that is lean is of one hue.
package enum PageTone: String {
  case lean, validity, offsets, dictionary, padding
  case before, slow, rest, tick, wide, none, plain
}
