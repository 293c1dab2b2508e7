/// Names in columns, as `who` and `ls` print them.
package enum Columns {
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
