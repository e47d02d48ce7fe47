import Testing

@testable import DietC

/// Options in messages, as programs spell them.
struct OptionSpellingTests {
  @Test(arguments: [
    ("--zero-padded: 'x' is neither", "zero_padded: 'x' is neither"),
    ("--strict and --on-bad-record contradict", "strict and on_bad_record contradict"),
    ("`--header-records 1` reads", "`header_records=1` reads"),
    ("`--delimiter ';'` reads", "`delimiter=';'` reads"),
    ("`--spaces keep` reads", "`spaces=\"keep\"` reads"),
    ("`--type zip=string`", "`type={\"zip\": \"string\"}`"),
    ("`--type a=b=decimal(2)`", "`type={\"a=b\": \"decimal(2)\"}`"),
    ("`--number 'price,the share'`", "`number=[\"price\", \"the share\"]`"),
    ("`--null-token c1=-999`", "`null_token={\"c1\": \"-999\"}`"),
    ("`--decimal 'the price=,'`", "`decimal={\"the price\": \",\"}`"),
    ("`--date-format %d/%m/%Y`", "`date_format=\"%d/%m/%Y\"`"),
    (
      "leave out `--engine libcsv` or `--delimiter`", "leave out `engine=\"libcsv\"` or `delimiter`"
    ),
    ("`--strict` names it; `--no-header` too", "`strict=True` names it; `header=False` too"),
    ("for `sum` in polars also `--for polars`", "for `sum` in polars also `to_polars()`"),
    (
      "`--delimiter '|' --spaces trim --comment=---` reads",
      "`delimiter='|', spaces=\"trim\", comment=\"---\"` reads"
    ),
    (
      "`--decimal 'a b=,' --thousands 'a b=.'`",
      "`decimal={\"a b\": \",\"}, thousands={\"a b\": \".\"}`"
    ),
    ("`--on-bad-record collect FILE` keeps", "`on_bad_record=\"collect FILE\"` keeps"),
    // What is no option stays.
    ("a -- b --- c ----", "a -- b --- c ----"),
    ("`--`, `-- x` and ``", "`--`, `-- x` and ``"),
    ("text: `5--6`", "text: `5--6`"),
    ("", ""),
  ])
  func spells(_ message: String, _ expected: String) {
    #expect(OptionSpelling.inPrograms(message) == expected)
  }
}
