import Platform
import Testing

@testable import DelimitedText
@testable import FileIO

/// Encodings by name, and the advice which one to name.
struct EncodingTests {
  /// Text as bytes of an encoding, by the C library; `nil` where it has no such characters.
  private static func bytes(_ text: String, in name: String) -> [UInt8]? {
    let descriptor = iconv_open(name, "UTF-8")
    guard descriptor != iconv_t(bitPattern: -1) else { return nil }
    defer { iconv_close(descriptor) }
    var input = text.utf8.map(CChar.init(bitPattern:))
    var inputCount = input.count
    var output = [CChar](repeating: 0, count: 8 * input.count + 64)
    let capacity = output.count
    var room = capacity
    let isWhole = input.withUnsafeMutableBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        var source = input.baseAddress
        var target = output.baseAddress
        return iconv(descriptor, &source, &inputCount, &target, &room) != -1
          && iconv(descriptor, nil, nil, &target, &room) != -1
      }
    }
    return isWhole ? output.prefix(capacity - room).map(UInt8.init(bitPattern:)) : nil
  }

  @Test func codePagesAreThoseOfTheLibrary() throws {
    for page in CodePage.all where page.name != "windows-1252" {
      let library = page.name == "latin-1" ? "ISO-8859-1" : page.name
      let decoder = try #require(IconvDecoder(library), "\(library)")
      for byte in UInt8(0x80)...0xFF {
        var text: [UInt8] = []
        let isText =
          (try? [byte].withUnsafeBytes { try decoder.decode($0, isLast: true, to: &text) }) != nil
        let scalars = String(decoding: text, as: UTF8.self).unicodeScalars.map(\.value)
        // Some bytes stand for a letter and a mark, which are one character of the page.
        guard scalars.count < 2 else { continue }
        #expect(
          page.scalar(byte) == (isText ? scalars.first ?? 0xFFFD : 0xFFFD), "\(page.name) \(byte)")
      }
    }
  }

  @Test(arguments: [
    ("shift-jis", "東京,カタカナ、ひらがな"), ("cp932", "①,髙橋"), ("euc-jp", "東京,カタカナ"),
    ("iso-2022-jp", "東京,x,カタカナ"), ("gb18030", "北京,上海😀"), ("gbk", "北京,上海"),
    ("big5", "臺北,高雄"), ("euc-kr", "서울,부산"), ("utf-7", "ä,ö"), ("koi8-r", "Москва,Тверь"),
    ("utf-32le", "ä,😀"), ("utf-32be", "ä,😀"), ("utf-16", "ä,😀"), ("mac-cyrillic", "Москва"),
    ("IBM852", "łódź"), ("Windows-1257", "Rīga"), ("CP037", "a,b"), ("tis-620", "กรุงเทพ"),
  ])
  func blocksOfAnySizeGiveTheText(_ name: String, _ text: String) throws {
    let encoding = try #require(TextEncoding(rawValue: name))
    let library = ["utf-32le": "UTF-32LE", "utf-32be": "UTF-32BE"][name] ?? name
    let bytes = try #require(Self.bytes(text + "\n" + text + "\n", in: library))
    for size in [1, 2, 3, 5, 64] {
      let source = try TranscodingSource(
        SlowSource(MemorySource(bytes, name: ""), blockByteCount: size), from: encoding)
      var buffer = [UInt8](repeating: 0, count: 1000)
      let count = try buffer.withUnsafeMutableBytes { try source.readFully(into: $0) }
      #expect(String(decoding: buffer.prefix(count), as: UTF8.self) == text + "\n" + text + "\n")
    }
  }

  /// Zeros in every second place are those of UTF-16 only where the bytes beside them are.
  @Test(arguments: [
    ("id,code\n1,\0\n2,\0\n3,\0\n", true), ("a,b\n1,\0\n", true), ("a,b\n1,中\n", false),
    ("name;x\n…;…\n", false), ("k\n中文字\n", false),
  ])
  func zerosOfSingleBytes(_ text: String, isOfBytes: Bool) {
    if isOfBytes {
      #expect(TextEncoding.wide(byZerosIn: Array(text.utf8)) == nil)
    } else {
      let bytes = text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
      #expect(TextEncoding.wide(byZerosIn: bytes) == .utf16LittleEndian)
    }
  }

  @Test func whatStandsForNothingIsAnErrorWithItsPlace() {
    for (name, bytes) in [
      ("windows-1253", [0xD2]), ("shift-jis", [0x81, 0x20]), ("euc-kr", [0xFF]),
    ] {
      let text = errorText(
        [.bytes(Array("a,b\n1,".utf8) + bytes.map(UInt8.init) + Array("\n".utf8), name: "in.csv")],
        CSVReadingOptions(encoding: TextEncoding(rawValue: name)))
      #expect(text.hasPrefix("in.csv, line 2, byte 6: the byte 0x"), "\(text)")
      #expect(text.contains("stands for no character in \(name)"), "\(text)")
    }
  }

  @Test(arguments: ["", "klingon", "utf-8//TRANSLIT", "ascii//ignore", "/etc/passwd", "utf-8 "])
  func otherNamesAreRefused(_ name: String) {
    #expect(TextEncoding(rawValue: name) == nil)
  }

  @Test func namesNearBy() {
    #expect(TextEncoding.names(near: "windows-1521").contains("windows-1251"))
    #expect(TextEncoding.names(near: "shiftjiss").contains("shift-jis"))
    #expect(TextEncoding.names(near: "klingon").isEmpty)
  }

  /// Texts of languages, and the encodings of which each is told.
  private static let languages: [(text: String, encodings: [String])] = [
    (
      "Москва,Санкт-Петербург,Новосибирск,Екатеринбург,Казань,Омск,Самара,Россия,город,улица",
      ["windows-1251", "koi8-r", "cp866", "mac-cyrillic", "iso-8859-5"]
    ),
    (
      "Łódź,Kraków,Wrocław,Gdańsk,Poznań,Częstochowa,Rzeszów,Białystok,źródło,ćma,żaba",
      ["windows-1250", "iso-8859-2", "cp852"]
    ),
    (
      "Plzeň,České Budějovice,Hradec Králové,Ústí,Jablonec,Žďár,příliš,žluťoučký,kůň",
      ["windows-1250", "iso-8859-2"]
    ),
    ("Αθήνα,Θεσσαλονίκη,Πάτρα,Ηράκλειο,Λάρισα,Βόλος,Ιωάννινα,Χανιά", ["windows-1253", "cp737"]),
    (
      "İstanbul,İzmir,Şanlıurfa,Diyarbakır,Eskişehir,Muğla,Çanakkale,Iğdır,Kırşehir",
      ["windows-1254"]
    ),
    (
      "Zürich,Genève,Köln,Orléans,Málaga,São Paulo,Besançon,Großenhain,Århus,Tromsø",
      ["latin-1", "macintosh", "cp850"]
    ),
    ("“yes”,“no”,– none,Café", ["windows-1252"]),
    ("東京都,大阪府,さいたま市,つくば,ニセコ町,横浜,カタカナ,ひらがな", ["shift-jis", "euc-jp"]),
    ("北京市,上海市,广东省,名称,价格,不是,中国人民,的时候,山东省", ["gb18030"]),
    ("臺北市,高雄市,新竹縣,名稱,價格,不是,這個,時候,中山北路", ["big5"]),
    ("서울,부산,대구,인천,광주,대전,이름,가격,경기도,전주시", ["euc-kr"]),
  ]

  @Test func theAdviceReadsTheFile() throws {
    for (text, encodings) in Self.languages {
      let words = text.split(separator: ",").map(String.init)
      for encoding in encodings {
        let name = encoding == "latin-1" ? "ISO-8859-1" : encoding
        let lines = "n,word\n" + words.enumerated().map { "\($0),\($1)\n" }.joined()
        let input = CSVInput.bytes(
          try #require(Self.bytes(lines, in: name), "\(text) in \(name)"), name: "in.csv")
        let error = errorText([input])
        let advised = try #require(
          error.split(separator: "`--encoding ").last?.prefix { $0 != "`" }, "\(error)")
        let told = try #require(
          TextEncoding(rawValue: String(advised)), "\(encoding): \(error)")
        let rows = try ReadTable([input], CSVReadingOptions(encoding: told)).rows
        #expect(rows.map { $0[1] } == words, "\(encoding), read as \(told.rawValue)")
      }
    }
  }

  /// Bytes of which several readings are as good, and bytes that are no text.
  private static let unclear: [[[UInt8]]] = [
    [[0xC0, 0xAF]],
    [[0x80], [0x81], [0x82]],
    [Array("Dvo".utf8) + [0xF8, 0xE1] + Array("k".utf8)],
    (0..<40).map { (index: Int) -> [UInt8] in
      [UInt8(index * 37 % 128 + 128), UInt8(index * 11 % 128 + 128), 0x31]
    },
  ]

  @Test(arguments: unclear)
  func noAdviceWithoutEvidence(_ fields: [[UInt8]]) {
    let lines = Array("n,word\n".utf8) + fields.flatMap { Array("1,".utf8) + $0 + [0x0A] }
    let error = errorText([.bytes(lines, name: "in.csv")])
    #expect(error.contains("no other encoding is clear"), "\(error)")
  }

  @Test func goodLinesAreNotSpoiled() {
    let good = (0..<50).map { "\($0),Zürich\n" }.joined()
    let bad = Array("50,Z".utf8) + [0xFC] + Array("rich\n".utf8)
    for input in [
      Array(("n,word\n" + good).utf8) + bad, Array("n,word\n".utf8) + bad + Array(good.utf8),
    ] {
      let error = errorText([.bytes(input, name: "in.csv")])
      #expect(!error.contains("--encoding"), "\(error)")
      #expect(error.contains("50 lines around it are"), "\(error)")
      #expect(error.contains("`--invalid-utf8 replace`"), "\(error)")
    }
  }
}

/// A source that gives a few bytes at a time.
private final class SlowSource: ByteSource {
  private let source: any ByteSource
  private let blockByteCount: Int

  init(_ source: any ByteSource, blockByteCount: Int) {
    self.source = source
    self.blockByteCount = blockByteCount
  }

  var name: String { source.name }
  var byteCount: Int? { nil }
  var isRereadable: Bool { false }
  var isStoredText: Bool { false }
  var encoding: TextEncoding { .utf8 }
  var storedInput: StoredInput { source.storedInput }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    try source.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer.prefix(blockByteCount)))
  }
}
