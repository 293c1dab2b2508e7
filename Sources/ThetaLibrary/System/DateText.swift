import ThetaRuntime

/// Dates as text and back, by the letters of `datestr`: yyyy yy mmmm mmm mm dddd ddd dd HH MM SS FFF PM.
enum DateText {
  static let formats = [
    "dd-mmm-yyyy HH:MM:SS", "dd-mmm-yyyy", "mm/dd/yy", "mmm", "m", "mm", "mm/dd", "dd", "ddd", "d", "yyyy",
    "yy",
    "mmmyy", "HH:MM:SS", "HH:MM:SS PM", "HH:MM", "HH:MM PM", "QQ-YY", "QQ", "dd/mm", "dd/mm/yy",
    "mmm.dd,yyyy HH:MM:SS", "mmm.dd,yyyy", "mm/dd/yyyy", "dd/mm/yyyy", "yy/mm/dd", "yyyy/mm/dd", "QQ-YYYY",
    "mmmyyyy", "yyyy-mm-dd", "yyyymmddTHHMMSS", "yyyy-mm-dd HH:MM:SS",
  ]

  private static func padded(_ value: Double, _ width: Int, _ pad: Character = "0") -> String {
    let number = Int(exactly: value.rounded(.down)) ?? 0
    let text = String(number.magnitude)
    // As C does: the sign first, and it counts.
    let sign = number < 0 ? "-" : ""
    return sign + String(repeating: pad, count: max(0, width - text.count - sign.count)) + text
  }

  static func write(_ number: Double, _ parts: Calendar.Parts, _ format: Bytes) -> String {
    let text = format.text
    let hasPM = text.contains("PM") || text.contains("AM")
    var result = ""
    let month = min(max(Int(exactly: parts.month) ?? 1, 1), 12)
    let dayName = Calendar.dayNames[Calendar.weekday(number) - 1]
    let monthName = Calendar.monthNames[month - 1]
    let pieces: [(String, () -> String)] = [
      ("yyyy", { padded(parts.year, 4) }), ("YYYY", { padded(parts.year, 4) }),
      ("yy", { String(padded(parts.year, 4).suffix(2)) }),
      ("YY", { String(padded(parts.year, 4).suffix(2)) }),
      ("QQ", { "Q\((month - 1) / 3 + 1)" }),
      ("mmmm", { monthName }), ("mmm", { String(monthName.prefix(3)) }), ("mm", { padded(parts.month, 2) }),
      ("m", { String(monthName.prefix(1)) }),
      ("dddd", { dayName }), ("ddd", { String(dayName.prefix(3)) }), ("dd", { padded(parts.day, 2) }),
      ("d", { String(dayName.prefix(1)) }),
      (
        "HH",
        {
          if !hasPM { return padded(parts.hour, 2) }
          let hour = parts.hour.truncatingRemainder(dividingBy: 12)
          return padded(hour == 0 ? 12 : hour, 2, " ")
        }
      ),
      ("MM", { padded(parts.minute, 2) }), ("SS", { padded(parts.second, 2) }),
      ("FFF", { padded(((parts.second - parts.second.rounded(.down)) * 1000).rounded(), 3) }),
      ("PM", { parts.hour >= 12 ? "PM" : "AM" }), ("AM", { parts.hour >= 12 ? "PM" : "AM" }),
    ]
    var i = 0
    while i < format.count {
      if let piece = pieces.first(where: { format.matches(Array($0.0.utf8), at: i) }) {
        result += piece.1()
        i += piece.0.utf8.count
      } else {
        result.unicodeScalars.append(Unicode.Scalar(format[i]))
        i += 1
      }
    }
    return result
  }

  /// Reads a date by a format; nil when the text does not follow it.
  static func read(_ text: Bytes, _ format: Bytes) -> Calendar.Parts? {
    var parts = Calendar.Parts(year: .nan)
    var (hasMonth, hasDay) = (false, false)
    var isPM: Bool?
    var i = 0
    var j = 0
    func digits(_ most: Int) -> Double? {
      var value = 0.0
      var count = 0
      while count < most, i < text.count, text[i].isDigitByte {
        value = value * 10 + Double(text[i] - 48)
        i += 1
        count += 1
      }
      return count > 0 ? value : nil
    }
    func name(_ names: [String], _ length: Int?) -> Double? {
      for (k, name) in names.enumerated() {
        let word = Array((length.map { String(name.prefix($0)) } ?? name).utf8)
        if text.count >= i + word.count, Array(text[i..<(i + word.count)]).lowered == word.lowered {
          i += word.count
          return Double(k + 1)
        }
      }
      return nil
    }
    while j < format.count {
      func at(_ letters: String) -> Bool {
        guard format.matches(Array(letters.utf8), at: j) else { return false }
        j += letters.utf8.count
        return true
      }
      if at("yyyy") {
        guard let y = digits(4) else { return nil }
        parts.year = y
      } else if at("yy") {
        guard let y = digits(2) else { return nil }
        parts.year = y + (y < 50 ? 2000 : 1900)
      } else if at("mmmm") {
        guard let m = name(Calendar.monthNames, nil) else { return nil }
        parts.month = m
        hasMonth = true
      } else if at("mmm") {
        guard let m = name(Calendar.monthNames, 3) else { return nil }
        parts.month = m
        hasMonth = true
      } else if at("mm") {
        guard let m = digits(2), m >= 1, m <= 12 else { return nil }
        parts.month = m
        hasMonth = true
      } else if at("dd") {
        guard let d = digits(2), d >= 1, d <= 31 else { return nil }
        parts.day = d
        hasDay = true
      } else if at("HH") {
        if i < text.count, text[i] == 32 { i += 1 }
        guard let h = digits(2), h < 25 else { return nil }
        parts.hour = h
      } else if at("MM") {
        guard let m = digits(2), m < 60 else { return nil }
        parts.minute = m
      } else if at("SS") {
        guard let s = digits(2), s < 61 else { return nil }
        parts.second = s
      } else if at("FFF") {
        guard let f = digits(3) else { return nil }
        parts.second += f / 1000
      } else if at("PM") {
        guard i + 1 < text.count else { return nil }
        isPM = text[i].lowered == UInt8(ascii: "p")
        i += 2
      } else {
        guard i < text.count, text[i] == format[j] else { return nil }
        i += 1
        j += 1
      }
    }
    guard i == text.count else { return nil }
    if let isPM {
      if isPM, parts.hour < 12 { parts.hour += 12 }
      if !isPM, parts.hour == 12 { parts.hour = 0 }
    }
    // A year or a month without the other leaves the day at zero, as C's time structure has it.
    if !hasDay, hasMonth == parts.year.isNaN { parts.day = 0 }
    if parts.year.isNaN { parts.year = Calendar.local(Calendar.now()).year }
    return parts
  }

  /// Reads a date in any of the usual formats.
  static func read(_ text: Bytes) -> Calendar.Parts? {
    let usual = [
      "dd-mmm-yyyy HH:MM:SS", "dd-mmm-yyyy", "mm/dd/yy", "mm/dd/yyyy", "mm/dd", "HH:MM:SS", "HH:MM:SS PM",
      "HH:MM",
      "HH:MM PM", "yyyy/mm/dd", "yyyy-mm-dd", "yyyy-mm-dd HH:MM:SS", "mmm-dd-yyyy HH:MM:SS", "mmm-dd-yyyy",
      "dd mmm yyyy HH:MM:SS", "dd mmm yyyy", "mmm dd yyyy HH:MM:SS", "mmm dd yyyy", "dd.mmm.yyyy HH:MM:SS",
      "dd.mmm.yyyy", "mmm.dd.yyyy HH:MM:SS", "mmm.dd.yyyy", "mm/dd/yyyy HH:MM",
      "yyyy/mm/dd HH:MM:SS",
    ]
    for format in usual {
      if let parts = read(text.trimmed, Array(format.utf8)) { return parts }
    }
    return nil
  }
}
