import CPrint
import ThetaArrays
import ThetaNumeric
import ThetaRuntime
import ThetaText

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The timer that `tic` without output starts.
final class Stopwatch {
  var start: UInt64?
}

// Clocks and timers.

enum Time {
  static let table: [Builtin] = [
    Builtin(
      "id = tic ()",
      """
      Starts the timer, or returns the moment for toc (id).

      >> t = tic;  class (t)
      ans = uint64
      """, multiple: tic),
    Builtin(
      "elapsed = toc (id?)",
      """
      Seconds since tic; printed when not asked for.

      >> t = tic;  toc (t) >= 0
      ans = 1
      """, multiple: toc),
    Builtin(
      "c = clock ()",
      """
      Year, month, day, hour, minute and seconds of now.

      >> numel (clock ())
      ans = 6
      """, clock),
    Builtin(
      "[total, user, system] = cputime ()",
      """
      Seconds of processor time so far.

      >> cputime () >= 0
      ans = 1
      """, multiple: cputime),
    Builtin(
      "t = time ()",
      """
      Seconds since 1970.

      >> time () > 0
      ans = 1
      """, time),
    Builtin(
      "t = now ()",
      """
      Now as a day number.

      >> now () > 730000
      ans = 1
      """, now),
    Builtin(
      "str = date ()",
      """
      Today as dd-mmm-yyyy.

      >> ischar (date ())
      ans = 1
      """, date),
    Builtin(
      "secs = etime (t2, t1)",
      """
      Seconds from t1 to t2, both from clock.

      >> etime ([2024 1 1 0 0 0], [2024 1 1 0 1 0])
      ans = -60
      """, etime),
    Builtin(
      "str = datestr (date, format?, pivot?)",
      """
      Dates as text.

      >> datestr (730000, 1)
      ans = 02-Sep-1998
      """, datestr),
    Builtin(
      "[days, secs] = datenum (year, month?, day?, hour?, minute?, second?)",
      """
      Dates as day numbers.

      >> datenum (2024, 1, 1)
      ans = 739252
      """,
      multiple: datenum),
    Builtin(
      "[v, m, d, h, mi, s] = datevec (date, format?, pivot?)",
      """
      Dates as their parts.

      >> datevec ("2024-01-02", "yyyy-mm-dd")
      ans =

         2024      1      2      0      0      0

      """, multiple: datevec),
    Builtin(
      "[n, s] = weekday (d, format?)",
      """
      The day of the week, 1 for Sunday, and its name.

      >> weekday (738886)
      ans = 7
      """, multiple: weekday),
    Builtin(
      "d = addtodate (d, q, f)",
      """
      A day number some years, months, days, … later.

      >> addtodate (730000, 1, "month")
      ans = 730030
      """, addtodate),
    Builtin(
      "tf = is_leap_year (year?)",
      """
      True for leap years.

      >> is_leap_year (2024)
      ans = 1
      """, isLeapYear),
    Builtin(
      "e = eomday (y, m)",
      """
      The last day of a month.

      >> eomday (2024, 2)
      ans = 29
      """, eomday),
    Builtin(
      "str = ctime (t)",
      """
      A moment as text.

      >> ischar (ctime (0))
      ans = 1
      """, ctime),
    Builtin(
      "str = asctime (tm_struct)",
      """
      A time structure as text.

      >> asctime (gmtime (0))
      ans = Thu Jan 01 00:00:00 1970

      """, asctime),
    Builtin(
      "tm_struct = gmtime (t)",
      """
      A moment as a time structure in UTC.

      >> gmtime (0).year
      ans = 70
      """, gmtimeStruct),
    Builtin(
      "tm_struct = localtime (t)",
      """
      A moment as a time structure in local time.

      >> isstruct (localtime (0))
      ans = 1
      """, localtimeStruct),
    Builtin(
      "str = strftime (fmt, tm_struct)",
      """
      A time structure written by a format.

      >> strftime ("%Y", gmtime (0))
      ans = 1970
      """, strftimeText),
  ]

  static let more: [Builtin] = [
    Builtin(
      "seconds = mktime (tm_struct)",
      """
      The moment that a time structure means.

      >> mktime (gmtime (0)) - mktime (gmtime (60))
      ans = -60

      """, mktimeSeconds),
    Builtin(
      "[tm_struct, nchars] = strptime (str, fmt)",
      """
      Text read by a format of strftime, as a time structure, and one more than the number of characters read; 0 when the
      text does not follow the format.

      >> [t, n] = strptime ("12:34", "%H:%M"); [t.hour, t.min, n]
      ans =

         12   34    6

      """, multiple: readTime),
  ]

  private static func microseconds() -> UInt64 {
    var time = timeval()
    gettimeofday(&time, nil)
    return UInt64(max(0, time.tv_sec)) &* 1_000_000 &+ UInt64(max(0, time.tv_usec))
  }

  private static func tic(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let now = microseconds()
    if call.outputs > 0 { return [.make(NDArray(scalar: now))] }
    call.context.state { Stopwatch() }.start = now
    return []
  }

  private static func toc(_ call: inout Call) throws(RuntimeError) -> [Value] {
    var start = call.context.state { Stopwatch() }.start
    if call.count > 0 {
      if case .uint64(let id) = call[0], id.count > 0 {
        start = id[0]
      } else {
        let id = try call.real(0)
        guard id >= 0, id < 1e18 else { throw call.error("invalid ID") }
        start = UInt64(id)
      }
    }
    guard let start else { throw call.error("function called before timer initialization with tic()") }
    let now = microseconds()
    let elapsed = (Double(now) - Double(start)) / 1e6
    if call.outputs > 0 { return [.number(elapsed)] }
    call.context.console.write("Elapsed time is \(NumberFormatting.general(elapsed, 6)) seconds.\n")
    return []
  }

  private static func clock(_ call: inout Call) throws(RuntimeError) -> Value {
    .row(Calendar.local(Calendar.now()).list)
  }

  private static func cputime(_ call: inout Call) throws(RuntimeError) -> [Value] {
    var usage = rusage()
    #if canImport(Glibc)
      getrusage(0, &usage)
    #else
      getrusage(RUSAGE_SELF, &usage)
    #endif
    let user = Double(usage.ru_utime.tv_sec) + Double(usage.ru_utime.tv_usec) / 1e6
    let system = Double(usage.ru_stime.tv_sec) + Double(usage.ru_stime.tv_usec) / 1e6
    return [.number(user + system), .number(user), .number(system)]
  }

  private static func time(_ call: inout Call) throws(RuntimeError) -> Value { .number(Calendar.now()) }

  private static func now(_ call: inout Call) throws(RuntimeError) -> Value {
    .number(Calendar.number(Calendar.local(Calendar.now())))
  }

  private static func date(_ call: inout Call) throws(RuntimeError) -> Value {
    let parts = Calendar.local(Calendar.now())
    return .string(DateText.write(Calendar.number(parts), parts, Array("dd-mmm-yyyy".utf8)))
  }

  private static func parts(_ list: NDArray<Double>) throws(RuntimeError) -> Calendar.Parts {
    let values = Array(list) + [Double](repeating: 0, count: max(0, 6 - list.count))
    return Calendar.Parts(
      year: values[0], month: values[1], day: values[2], hour: values[3], minute: values[4], second: values[5]
    )
  }

  private static func etime(_ call: inout Call) throws(RuntimeError) -> Value {
    let (t2, t1) = (try call.array(0), try call.array(1))
    guard t1.count >= 6, t2.count >= 6 else { throw call.error("arguments must be vectors from clock") }
    // Octave documents etime (t2, t1) and subtracts accordingly.
    let (a, b) = (try parts(t1), try parts(t2))
    let days =
      Calendar.number(.init(year: b.year, month: b.month, day: b.day))
      - Calendar.number(.init(year: a.year, month: a.month, day: a.day))
    func seconds(_ p: Calendar.Parts) -> Double { p.hour * 3600 + p.minute * 60 + p.second }
    return .number(days * 86400 + seconds(b) - seconds(a))
  }

  /// The dates of an argument: text or day numbers.
  private static func dates(
    _ call: Call, format: Bytes? = nil, toMilliseconds: Bool = false
  ) throws(RuntimeError) -> [Calendar.Parts] {
    if let texts = call[0].byteStrings, call[0].isText || call[0].isCell {
      var result: [Calendar.Parts] = []
      for text in texts {
        if let parts = format.map({ DateText.read(text, $0) }) ?? DateText.read(text) {
          result.append(parts)
        } else {
          throw RuntimeError(
            format == nil
              ? "datevec: none of the standard formats match the DATE string"
              : "datevec: DATE not parsed correctly with given format")
        }
      }
      return result
    }
    let numbers = try call.array(0)
    return numbers.map { Calendar.parts($0, toMilliseconds: toMilliseconds) }
  }

  /// The dates in the rows of a matrix that has their parts in six columns; nil when its numbers cannot be that.
  private static func dateVectors(_ value: Value) throws(RuntimeError) -> [Calendar.Parts]? {
    guard !value.isText, let array = value.realArray, array.shape.is2D, array.shape.columns == 6 else {
      return nil
    }
    let most: [Double] = [.infinity, 12, 31, 23, 59, 60]
    var result: [Calendar.Parts] = []
    for i in 0..<array.shape.rows {
      let row = (0..<6).map { array[i, $0] }
      guard zip(row, most).allSatisfy({ $0 <= $1 }), row[..<5].allSatisfy({ $0 == $0.rounded() }) else {
        return nil
      }
      guard row[1] >= 1 else {
        throw RuntimeError(
          "names_m(\(NumberFormatting.integer(row[1]))): subscripts must be either integers 1 to (2^63)-1 or logicals"
        )
      }
      result.append(try parts(NDArray(row: row)))
    }
    return result
  }

  private static func datestr(_ call: inout Call) throws(RuntimeError) -> Value {
    var list = try dateVectors(call[0]) ?? []
    if list.isEmpty { list = try dates(call, toMilliseconds: true) }
    var format: Bytes?
    if let argument = call.optional(1), !argument.isEmpty {
      if let text = argument.textBytes {
        format = text
      } else if let n = argument.integerScalar, DateText.formats.indices.contains(n) {
        format = Array(DateText.formats[n].utf8)
      } else {
        throw call.error("invalid date format")
      }
    }
    if let bad = list.first(where: { !$0.year.isFinite }) {
      throw call.error("DATE must be finite, and is \(NumberFormatting.general(bad.year, 5))")
    }
    if format == nil {
      let onlyDays = list.allSatisfy { $0.hour == 0 && $0.minute == 0 && $0.second == 0 }
      format = Array(DateText.formats[onlyDays ? 1 : 0].utf8)
    }
    let lines = list.map { Array(DateText.write(Calendar.number($0), $0, format ?? []).utf8) }
    return .characterMatrix(lines)
  }

  private static func datenum(_ call: inout Call) throws(RuntimeError) -> [Value] {
    if call.count == 0 { throw call.invalid }
    if call.count == 1 || call[0].isText || call[0].isCell {
      if call[0].isText || call[0].isCellOfStrings {
        let numbers = try dates(call, format: call.optional(1)?.textBytes).map { Calendar.number($0) }
        return [.column(numbers), .column(numbers.map { $0 * 86400 })]
      }
      let array = call[0].isCell ? NDArray(zeros: .empty) : try call.array(0)
      if array.shape.columns < 3 {
        throw call.error("expected date vector containing [YEAR, MONTH, DAY, HOUR, MINUTE, SECOND]")
      }
      var numbers: [Double] = []
      for i in 0..<array.shape.rows {
        numbers.append(
          Calendar.number(try parts(NDArray(row: (0..<array.shape.columns).map { array[i, $0] }))))
      }
      return [.column(numbers), .column(numbers.map { $0 * 86400 })]
    }
    var arrays: [NDArray<Double>] = []
    for i in 0..<call.count { arrays.append(try call.array(i)) }
    let shape = arrays.first { !$0.shape.isScalar }?.shape ?? .scalar
    for array in arrays where !array.shape.isScalar && array.shape != shape {
      throw call.error("all inputs must be of the same size or scalars")
    }
    // Octave leaves the day out of its defaults.
    if arrays.count == 2 {
      guard shape.isScalar else { throw call.error("incompatible sizes for YEAR, MONTH, DAY") }
      return [.emptyMatrix, .emptyMatrix]
    }
    let result = NDArray<Double>(zeros: shape)
    for k in 0..<result.count {
      let list = arrays.map { $0[$0.shape.isScalar ? 0 : k] }
      result[k] = Calendar.number(try parts(NDArray(row: list)))
    }
    return [.make(result), .make(result.map { $0 * 86400 })]
  }

  private static func datevec(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let list = try dates(call, format: call.optional(1)?.textBytes)
    if call.outputs <= 1 {
      let result = NDArray<Double>(zeros: Shape(list.count, 6))
      for (i, parts) in list.enumerated() {
        for (j, value) in parts.list.enumerated() { result[i, j] = value }
      }
      return [.make(result)]
    }
    return (0..<6).map { j in .column(list.map { $0.list[j] }) }
  }

  private static func weekday(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let list = try dates(call)
    let days = list.map { Calendar.weekday(Calendar.number($0)) }
    let isLong = call.isOption(1, "long")
    let names = days.map { day -> Bytes in
      let name = Calendar.dayNames[day - 1]
      return Array((isLong ? name : String(name.prefix(3))).utf8)
    }
    let shape =
      call[0].isText || call[0].isCell || call[0].count != days.count ? Shape(days.count, 1) : call[0].shape
    return [.make(NDArray(shape, days.map { Double($0) })), .characterMatrix(names)]
  }

  private static func addtodate(_ call: inout Call) throws(RuntimeError) -> Value {
    let unit = try call.string(2)
    let days: [String: Double] = [
      "day": 1.0, "hour": 1 / 24.0, "minute": 1 / 1440.0, "second": 1 / 86400.0,
      "millisecond": 1 / 86_400_000.0,
    ]
    if let factor = days[unit] {
      let amount = Value.make(try call.array(1).map { $0 * factor })
      return try call.invokeForValue(.string("plus"), [call[0], amount])
    }
    guard unit == "month" || unit == "year" else { throw call.error("Invalid time unit: \(unit)") }
    let (dates, amounts) = (try call.array(0), try call.array(1))
    guard dates.shape.isScalar || amounts.shape.isScalar || dates.count == amounts.count else {
      throw call.error("D and Q must be the same size, or one of them a scalar")
    }
    let result = NDArray<Double>(zeros: dates.shape.isScalar ? amounts.shape : dates.shape)
    for i in 0..<result.count {
      let (date, amount) = (dates[dates.shape.isScalar ? 0 : i], amounts[amounts.shape.isScalar ? 0 : i])
      guard amount == amount.rounded() else { throw call.error("Q must be whole for months and years") }
      result[i] = Time.date(date, plusMonths: unit == "year" ? 12 * amount : amount)
    }
    return .make(result)
  }

  /// A day number some months later: the same day, or the last one of a shorter month, at the same time of day.
  private static func date(_ number: Double, plusMonths months: Double) -> Double {
    var parts = Calendar.parts(floor(number))
    let month = parts.month - 1 + months
    parts.year += floor(month / 12)
    parts.month = month - 12 * floor(month / 12) + 1
    guard let m = Int(exactly: parts.month), let y = Int(exactly: parts.year) else { return .nan }
    parts.day = min(parts.day, Double(Calendar.days(inMonth: m, of: y)))
    return Calendar.number(parts) + (number - floor(number))
  }

  private static func isLeapYear(_ call: inout Call) throws(RuntimeError) -> Value {
    let years = call.count > 0 ? try call.array(0) : NDArray(scalar: Calendar.local(Calendar.now()).year)
    return .make(years.map { Int(exactly: $0).map(Calendar.isLeap) ?? false })
  }

  private static func eomday(_ call: inout Call) throws(RuntimeError) -> Value {
    let (years, months) = (try call.array(0), try call.array(1))
    let shape = years.shape.isScalar ? months.shape : years.shape
    guard months.shape.isScalar || months.shape == shape else {
      throw call.error("Y and M must be the same size")
    }
    let result = NDArray<Double>(zeros: shape)
    for i in 0..<result.count {
      guard let y = Int(exactly: years[years.count == 1 ? 0 : i]) else { continue }
      let month = months[months.count == 1 ? 0 : i]
      guard let m = Int(exactly: month), m >= 1 else {
        throw RuntimeError(
          "eom(\(NumberFormatting.general(month, 5))): subscripts must be either integers 1 to (2^63)-1 or logicals"
        )
      }
      guard m <= 12 else { throw RuntimeError("eom(\(m)): out of bound 12 (dimensions are 1x12)") }
      result[i] = Double(Calendar.days(inMonth: m, of: y))
    }
    return .make(result)
  }

  // MARK: Time structures

  private static func structure(_ seconds: Double, local: Bool) -> Value {
    var whole = time_t(clamping: Int(exactly: floor(seconds)) ?? 0)
    var parts = tm()
    if local { localtime_r(&whole, &parts) } else { gmtime_r(&whole, &parts) }
    return structure(parts, microseconds: ((seconds - floor(seconds)) * 1e6).rounded())
  }

  private static func structure(_ parts: tm, microseconds: Double = 0) -> Value {
    let zone = parts.tm_zone.map { String(cString: $0) } ?? ""
    return .structure([
      ("usec", .number(microseconds)), ("sec", .integer(Int(parts.tm_sec))),
      ("min", .integer(Int(parts.tm_min))), ("hour", .integer(Int(parts.tm_hour))),
      ("mday", .integer(Int(parts.tm_mday))), ("mon", .integer(Int(parts.tm_mon))),
      ("year", .integer(Int(parts.tm_year))), ("wday", .integer(Int(parts.tm_wday))),
      ("yday", .integer(Int(parts.tm_yday))), ("isdst", .integer(Int(parts.tm_isdst))),
      ("gmtoff", .integer(parts.tm_gmtoff)), ("zone", .string(zone)),
    ])
  }

  private static func readTime(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let text = try call.string(0, "argument STR must be a string")
    let format = try call.string(1, "FMT must be a string")
    var parts = tm()
    parts.tm_year = .min
    let used = text.withCString { start in
      strptime(start, format, &parts).map { UnsafePointer($0) - start + 1 } ?? 0
    }
    if parts.tm_year == .min {
      parts.tm_year = 0
    } else if parts.tm_mday != 0 {
      // A whole date: its time zone is that of this place.
      var whole = parts
      whole.tm_isdst = -1
      if mktime(&whole) != -1 {
        (parts.tm_isdst, parts.tm_gmtoff, parts.tm_zone) = (whole.tm_isdst, whole.tm_gmtoff, whole.tm_zone)
      }
    }
    return [structure(parts), .integer(used)]
  }

  private static func timeParts(_ call: Call, _ position: Int) throws(RuntimeError) -> tm {
    let structure = try call.structure(position, "TM_STRUCT argument must be a structure")
    var parts = tm()
    func field(_ name: String) -> Int32 {
      Int32(clamping: structure.field(name)?.firstReal.flatMap { Int(exactly: $0) } ?? 0)
    }
    parts.tm_sec = field("sec")
    parts.tm_min = field("min")
    parts.tm_hour = field("hour")
    parts.tm_mday = field("mday")
    parts.tm_mon = field("mon")
    parts.tm_year = field("year")
    parts.tm_wday = field("wday")
    parts.tm_yday = field("yday")
    parts.tm_isdst = field("isdst")
    return parts
  }

  private static func formatted(_ parts: tm, _ format: String) -> String {
    var parts = parts
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 1024) { buffer in
      let length = buffer.baseAddress.map { strftime($0, 1024, format, &parts) } ?? 0
      return String(decoding: buffer.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
  }

  private static func ctime(_ call: inout Call) throws(RuntimeError) -> Value {
    var whole = time_t(clamping: Int(exactly: floor(try call.real(0))) ?? 0)
    var parts = tm()
    localtime_r(&whole, &parts)
    return .string(formatted(parts, "%a %b %d %H:%M:%S %Y\n"))
  }

  private static func asctime(_ call: inout Call) throws(RuntimeError) -> Value {
    .string(formatted(try timeParts(call, 0), "%a %b %d %H:%M:%S %Y\n"))
  }

  private static func gmtimeStruct(_ call: inout Call) throws(RuntimeError) -> Value {
    structure(try call.real(0), local: false)
  }

  private static func localtimeStruct(_ call: inout Call) throws(RuntimeError) -> Value {
    structure(try call.real(0), local: true)
  }

  private static func strftimeText(_ call: inout Call) throws(RuntimeError) -> Value {
    .string(formatted(try timeParts(call, 1), try call.string(0)))
  }

  private static func mktimeSeconds(_ call: inout Call) throws(RuntimeError) -> Value {
    var parts = try timeParts(call, 0)
    return .number(Double(mktime(&parts)))
  }
}
