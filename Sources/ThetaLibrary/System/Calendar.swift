#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The proleptic Gregorian calendar in the language's day numbers: 1 is the first of January of year 0.
enum Calendar {
  struct Parts {
    var year = 0.0
    var month = 1.0
    var day = 1.0
    var hour = 0.0
    var minute = 0.0
    var second = 0.0

    var list: [Double] { [year, month, day, hour, minute, second] }
  }

  static let monthNames = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November",
    "December",
  ]
  static let dayNames = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]

  static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

  static func days(inMonth month: Int, of year: Int) -> Int {
    month == 2 && isLeap(year) ? 29 : [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][(month - 1) % 12]
  }

  /// The day number of a date; months and days may be out of their ranges.
  static func number(_ parts: Parts) -> Double {
    var year = parts.year
    // Months beyond a year carry over; a fractional month counts in days of that month.
    var month = parts.month < 1 ? 1 : parts.month
    let fraction = month - floor(month)
    month = floor(month)
    year += floor((month - 1) / 12)
    month = fmod(month - 1, 12) + 1
    guard abs(year) < 1e12, let m = Int(exactly: month), let y = Int(exactly: floor(year)) else {
      return .nan
    }
    let before = [306, 337, 0, 31, 61, 92, 122, 153, 184, 214, 245, 275][m - 1]
    var shifted = Double(y)
    if m < 3 { shifted -= 1 }
    let day =
      parts.day + fraction * Double(days(inMonth: m, of: y)) + Double(before) + 60
      + 365 * shifted + floor(shifted / 4) - floor(shifted / 100) + floor(shifted / 400)
    return day + (parts.hour + (parts.minute + parts.second / 60) / 60) / 24
  }

  /// The parts of a day number. Seconds are rounded to what a day number of this size can tell, or to milliseconds, of
  /// which those that make a day count as one.
  static func parts(_ number: Double, toMilliseconds: Bool = false) -> Parts {
    guard number.isFinite, abs(number) < 1e12 else { return Parts(year: .nan, month: .nan, day: .nan) }
    var whole = floor(number)
    let fineness = max(Double.ulpOfOne * 86400 * abs(number), Double.leastNormalMagnitude)
    let grain = toMilliseconds ? 0.001 : number == 0 ? 1 : exp2(-floor(-log2(fineness)))
    var seconds =
      toMilliseconds
      ? ((number - whole) * 86_400_000).rounded() / 1000
      : ((number - whole) * 86400 / grain).rounded() * grain
    if toMilliseconds, seconds >= 86400 {
      seconds -= 86400
      whole += 1
    }
    // Days since the first of March of year 0 split into eras of 400 years.
    let z = whole - 61
    let era = floor(z / 146097)
    let dayOfEra = z - era * 146097
    let yearOfEra = floor(
      (dayOfEra - floor(dayOfEra / 1460) + floor(dayOfEra / 36524) - floor(dayOfEra / 146096)) / 365)
    let dayOfYear = dayOfEra - (365 * yearOfEra + floor(yearOfEra / 4) - floor(yearOfEra / 100))
    let shifted = floor((5 * dayOfYear + 2) / 153)
    let day = dayOfYear - floor((153 * shifted + 2) / 5) + 1
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    let hour = floor(seconds / 3600)
    let minute = floor((seconds - hour * 3600) / 60)
    return Parts(
      year: year, month: month, day: day, hour: hour, minute: minute,
      second: seconds - hour * 3600 - minute * 60)
  }

  /// 1 for Sunday.
  static func weekday(_ number: Double) -> Int {
    guard number.isFinite, abs(number) < 1e12 else { return 1 }
    let rest = fmod(floor(number) - 1, 7)
    return (Int(rest < 0 ? rest + 7 : rest) + 6) % 7 + 1
  }

  /// Seconds since 1970 of the clock, with microseconds.
  static func now() -> Double {
    var time = timeval()
    gettimeofday(&time, nil)
    return Double(time.tv_sec) + Double(time.tv_usec) / 1e6
  }

  /// The local date and time of a moment.
  static func local(_ seconds: Double) -> Parts {
    var whole = time_t(clamping: Int(exactly: floor(seconds)) ?? 0)
    var parts = tm()
    localtime_r(&whole, &parts)
    return Parts(
      year: Double(parts.tm_year) + 1900, month: Double(parts.tm_mon) + 1, day: Double(parts.tm_mday),
      hour: Double(parts.tm_hour), minute: Double(parts.tm_min),
      second: Double(parts.tm_sec) + seconds - floor(seconds))
  }
}
