/// The scripts of East Asia, in encodings of two bytes and more.
package enum WideScript {
  private static let simplified = Set(
    """
    的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可\
    里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已\
    老从动两长北京海市广东江南山西省区县河湖安州四川福建路街号城门口店商品电话名称价格重庆张王李刘陈
    """.unicodeScalars.map(\.value))
  private static let traditional = Set(
    """
    的一是不了在人有我他這中大來上國個到說們為子和你地出道也時年得就那要下以生會自著去之過家學對可\
    裡後小麼心多天而能好都然沒日於起還發成事只作當想看文無開手十用主行方又如前所本見經頭面公同三已\
    老從動兩長北京海市廣東江南山西省區縣河湖安州臺台灣高雄新竹路街號城門口店商品電話名稱價格香港陳林
    """.unicodeScalars.map(\.value))
  private static let syllables = Set(
    """
    이다는을의에가고하기지사도로서한인대시어아나자라정리부보주일수구해그은스전제원장동성남울산김박최\
    경강조상과와를들만안여오우선영현호천광포양북평화연세진용신민재국학교회소년월요금
    """.unicodeScalars.map(\.value))

  /// Few characters may fit any of them.
  private static let leastCharacterCount = 6
  private static let leastShare = 0.25

  /// The encoding in which all of `text` is text of its script, and in no other.
  package static func encoding(of text: [UInt8]) -> TextEncoding? {
    let shares = ["cp932", "euc-jp", "gb18030", "big5", "euc-kr"].compactMap { name in
      share(of: text, read: name).map { (name: name, share: $0) }
    }
    guard let best = shares.max(by: { $0.share < $1.share }), best.share >= leastShare,
      shares.allSatisfy({ $0.name == best.name || $0.share < best.share / 1.5 })
    else { return nil }
    return TextEncoding(rawValue: best.name == "cp932" ? plainName(of: text) : best.name)
  }

  /// Microsoft's additions are named only where they are used.
  private static func plainName(of text: [UInt8]) -> String {
    decoded(text, "shift-jis") == decoded(text, "cp932") ? "shift-jis" : "cp932"
  }

  /// How many of its characters are frequent ones of the script; `nil` where it is no such text.
  private static func share(of text: [UInt8], read name: String) -> Double? {
    guard let scalars = decoded(text, name)?.filter({ $0 >= 0x80 }),
      scalars.count >= leastCharacterCount
    else { return nil }
    var frequent = 0
    var others = 0
    for scalar in scalars {
      switch scalar {
      case 0x3040..<0x3100: frequent += name == "cp932" || name == "euc-jp" ? 1 : 0
      case 0xAC00..<0xD7A4, 0x4E00..<0xA000:
        switch name {
        case "gb18030": frequent += simplified.contains(scalar) ? 1 : 0
        case "big5": frequent += traditional.contains(scalar) ? 1 : 0
        case "euc-kr": frequent += syllables.contains(scalar) ? 1 : 0
        default: break
        }
      case 0x3000..<0x3040, 0xFF00..<0xFF60: break
      default: others += 1
      }
    }
    return others * 10 > scalars.count ? nil : Double(frequent) / Double(scalars.count)
  }

  private static func decoded(_ text: [UInt8], _ name: String) -> [UInt32]? {
    guard let decoder = IconvDecoder(name) else { return nil }
    var bytes: [UInt8] = []
    let isText = text.withUnsafeBytes { (try? decoder.decode($0, isLast: true, to: &bytes)) != nil }
    return isText ? String(decoding: bytes, as: UTF8.self).unicodeScalars.map(\.value) : nil
  }
}
