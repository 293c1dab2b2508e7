import ThetaRuntime

extension ProfileReport {
  /// As `profile report` prints it.
  public var text: String {
    func seconds(_ value: Double) -> String {
      var bytes: [UInt8] = []
      CFormat.append(value, conversion: "f", width: 9, precision: 3, to: &bytes)
      return String(decoding: bytes, as: UTF8.self)
    }
    func whole(_ value: Int, _ width: Int) -> String {
      let text = String(value)
      return String(repeating: " ", count: max(0, width - text.count)) + text
    }
    func share(_ value: Double) -> String {
      var bytes: [UInt8] = []
      CFormat.append(
        self.seconds > 0 ? value / self.seconds * 100 : 0, conversion: "f", width: 6, precision: 1,
        to: &bytes)
      return String(decoding: bytes, as: UTF8.self)
    }
    var out = "Profile of\(seconds(self.seconds)) s\n\n    calls     own s   total s  function\n"
    for function in functions.prefix(30) where function.own > 0 || function.calls > 0 {
      out +=
        "\(whole(function.calls, 9)) \(seconds(function.own)) \(seconds(function.total))  \(function.name)\n"
    }
    out += "\n        s      %  line\n"
    for line in lines.prefix(30) {
      let file = line.file.split(separator: "/").last.map(String.init) ?? line.file
      out += "\(seconds(line.seconds)) \(share(line.seconds))  \(file):\(line.line)  \(line.text)\n"
    }
    return out
  }
}
