/// Names in columns, as `who` and `ls` print them.
package enum Columns {
  /// As the program `ls` does: as few lines as fit, each column as wide as its longest name, tabs between.
  package static func listing(_ names: [String], width: Int) -> String {
    let lengths = names.map(\.utf8.count)
    func widths(_ lines: Int) -> [Int] {
      stride(from: 0, to: names.count, by: lines).map { start in
        2 + (lengths[start..<min(start + lines, names.count)].max() ?? 0)
      }
    }
    var lines = 1
    while lines < names.count, widths(lines).reduce(0, +) > width { lines += 1 }
    let columns = widths(lines)
    var result = ""
    for line in 0..<min(lines, names.count) {
      var place = 0
      var target = 0
      for (column, i) in stride(from: line, to: names.count, by: lines).enumerated() {
        while place < target {
          let tab = place / 8 * 8 + 8
          let usesTab = tab <= target && tab > place + 1
          result += usesTab ? "\t" : " "
          place = usesTab ? tab : place + 1
        }
        result += names[i]
        place += lengths[i]
        target += columns[column]
      }
      result += "\n"
    }
    return result
  }

  package static func text(_ names: [String], width: Int) -> String {
    let longest = (names.map { $0.utf8.count }.max() ?? 0) + 2
    let perLine = max(1, width / longest)
    let rows = (names.count + perLine - 1) / perLine
    var result = ""
    for row in 0..<rows {
      var line = ""
      var column = row
      while column < names.count {
        let isLast = column + rows >= names.count
        line += isLast ? names[column] : NumberFormatting.padRight(names[column], longest)
        column += rows
      }
      result += line + "\n"
    }
    return result
  }
}
