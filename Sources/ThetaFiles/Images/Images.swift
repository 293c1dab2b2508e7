import ThetaArrays
import ThetaRuntime
import ThetaText

/// `imread` and `imfinfo` for PNG and JPEG files, `imwrite` for PNG files.
enum Images {
  static let table: [Builtin] = [
    Builtin(
      "[img, map, alpha] = imread (filename, options...)",
      """
      The picture in a PNG or JPEG file: height×width for grey, height×width×3 for colours, of class uint8, uint16 for 16
      bits a sample, logical for one bit. A picture that numbers the colours of a palette gives the numbers, and the
      palette as map (n×3, from 0 to 1). alpha is the transparency, where the file has it.

      >> file = [tempname() ".png"]; imwrite (uint8 ([0 255]), file); imread (file)
      ans =

          0  255

      """, multiple: imread),
    Builtin(
      "imwrite (img, map_or_filename, filename_or_options...)",
      """
      Writes a picture as a PNG file: img is height×width, or height×width×3 (×4 with transparency); uint8, uint16 or
      logical as it is, double and single from 0 to 1 with 16 bits. With a map (n×3), img numbers its rows, from 0 for
      integers, from 1 for double.

      >> file = [tempname() ".png"]; imwrite (eye (2) > 0, file); imread (file)
      ans =

        1  0
        0  1

      """, multiple: imwrite),
    Builtin(
      "info = imfinfo (filename)",
      """
      Size and kind of the picture in a PNG or JPEG file, as a struct.

      >> file = [tempname() ".png"]; imwrite (uint8 (zeros (2, 3)), file); imfinfo (file).Width
      ans = 3

      """, imfinfo),
  ]

  private static func content(_ name: String, _ call: Call) throws(RuntimeError) -> [UInt8] {
    guard let path = FileLookup.find(name, call.context) else {
      throw call.error("unable to find file '\(name)'")
    }
    do { return try call.context.files.read(path) } catch {
      throw call.error("unable to read file '\(name)': \(error.reason)")
    }
  }

  private static func imread(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let name = try call.string(0, "FILENAME must be a string")
    let bytes = try content(name, call)
    let picture = try picture(in: bytes, name, call)
    let hasAlpha = picture.channels % 2 == 0
    let colors = hasAlpha ? picture.channels - 1 : picture.channels
    let isNumbered = !picture.palette.isEmpty
    let image = plane(picture, 0..<colors, isNumbered: isNumbered)
    let map: Value =
      isNumbered
      ? .make(
        NDArray(
          Shape(3, picture.palette.count / 3),
          picture.palette.prefix(picture.palette.count / 3 * 3).map {
            Double($0) / 255
          }
        ).transposed())
      : .emptyMatrix
    let alpha = hasAlpha ? plane(picture, colors..<(colors + 1), isNumbered: false) : .emptyMatrix
    return [image, map, alpha]
  }

  private static func picture(
    in bytes: [UInt8], _ name: String, _ call: Call
  ) throws(RuntimeError) -> Picture {
    if JpegReader.recognizes(bytes) {
      do throws(JpegReader.Problem) { return try JpegReader.read(bytes) } catch {
        throw call.error("'\(name)' \(error.reason)")
      }
    }
    do throws(PngReader.Problem) { return try PngReader.read(bytes) } catch {
      throw call.error("'\(name)' \(error.reason)")
    }
  }

  /// Some channels of a picture as an array in column-major order.
  private static func plane(_ picture: Picture, _ channels: Range<Int>, isNumbered: Bool) -> Value {
    let (height, width) = (picture.height, picture.width)
    var values: [UInt16] = []
    values.reserveCapacity(height * width * channels.count)
    for channel in channels {
      for column in 0..<width {
        for row in 0..<height {
          values.append(picture.samples[(row * width + column) * picture.channels + channel])
        }
      }
    }
    let shape = channels.count == 1 ? Shape(height, width) : Shape([height, width, channels.count])
    switch picture.depth {
    case 16: return .make(NDArray(shape, values))
    case 8: return .make(NDArray(shape, values.map { UInt8(truncatingIfNeeded: $0) }))
    case 1 where !isNumbered: return .make(NDArray(shape, values.map { $0 != 0 }))
    default:
      // Fewer bits spread over eight; numbers of colours stay.
      let scale = isNumbered ? 1 : 255 / UInt16((1 << picture.depth) - 1)
      return .make(NDArray(shape, values.map { UInt8(truncatingIfNeeded: $0 &* scale) }))
    }
  }

  private static func imwrite(_ call: inout Call) throws(RuntimeError) -> [Value] {
    guard call.count > 1 else { throw call.invalid }
    var map: NDArray<Double>?
    var next = 1
    if !call[1].isText {
      map = try call.array(1, "invalid MAP")
      next = 2
    }
    guard next < call.count, call[0].numericClass != nil, !call[0].isText else { throw call.invalid }
    let name = try call.string(next, "FILENAME must be a string")
    let suffix = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
    let format = next + 1 < call.count ? call[next + 1].stringValue?.lowercased() ?? suffix : suffix
    guard format == "png" else {
      throw call.error("pictures are written as PNG files only, not as '\(format)'")
    }
    let picture = try picture(call[0], map, call)
    guard let bytes = PngWriter.bytes(of: picture) else {
      throw call.error("the library zlib is not installed")
    }
    do { try call.context.files.write(bytes, to: name) } catch {
      throw call.error("unable to write file '\(name)': \(error.reason)")
    }
    return []
  }

  private static func picture(
    _ value: Value, _ map: NDArray<Double>?, _ call: Call
  ) throws(RuntimeError) -> Picture {
    let value = value.full
    let sizes = value.shape.sizes
    let channels = sizes.count > 2 ? sizes[2] : 1
    guard sizes.count <= 3, (1...4).contains(channels), !value.isEmpty, let array = value.realArray else {
      throw call.error("invalid dimensions of the image")
    }
    let (height, width) = (sizes[0], sizes[1])
    let depth: Int
    let isFraction: Bool
    switch value.numericClass {
    case .logical: (depth, isFraction) = (1, false)
    case .uint8: (depth, isFraction) = (8, false)
    case .uint16: (depth, isFraction) = (16, false)
    case .double, .single: (depth, isFraction) = (map == nil ? 16 : 8, true)
    default: throw call.error("the class of the image must be double, single, uint8, uint16 or logical")
    }
    var samples: [UInt16] = []
    samples.reserveCapacity(array.count)
    for row in 0..<height {
      for column in 0..<width {
        for channel in 0..<channels {
          var x = array[(channel * width + column) * height + row]
          if isFraction { x = map == nil ? x * 65535 : x - 1 }
          samples.append(UInt16(max(0, min(65535, x.isNaN ? 0 : x.rounded()))))
        }
      }
    }
    var result = Picture(width: width, height: height, channels: channels, depth: depth, samples: samples)
    if let map {
      guard map.shape.columns == 3, map.shape.is2D, (1...256).contains(map.shape.rows), channels == 1 else {
        throw call.error("invalid MAP")
      }
      result.depth = 8
      for row in 0..<map.shape.rows {
        for column in 0..<3 {
          let x = map[row, column]
          result.palette.append(UInt8(max(0, min(255, x.isNaN ? 0 : (x * 255).rounded()))))
        }
      }
    }
    return result
  }

  private static func imfinfo(_ call: inout Call) throws(RuntimeError) -> Value {
    let name = try call.string(0, "FILENAME must be a string")
    let bytes = try content(name, call)
    let format: String
    let (width, height, depth, color): (Int, Int, Int, String)
    if JpegReader.recognizes(bytes) {
      let picture = try picture(in: bytes, name, call)
      (format, width, height) = ("JPEG", picture.width, picture.height)
      (depth, color) = (8 * picture.channels, picture.channels == 1 ? "grayscale" : "truecolor")
    } else {
      do throws(PngReader.Problem) {
        let header = try PngReader.header(bytes)
        let kinds = [0: "grayscale", 2: "truecolor", 3: "indexed", 4: "grayscale", 6: "truecolor"]
        let samples = [0: 1, 2: 3, 3: 1, 4: 2, 6: 4][header.colorType] ?? 1
        (format, width, height) = ("PNG", header.width, header.height)
        (depth, color) = (header.depth * samples, kinds[header.colorType] ?? "")
      } catch { throw call.error("'\(name)' \(error.reason)") }
    }
    return .structure([
      ("Filename", .string(name)), ("FileSize", .integer(bytes.count)), ("Format", .string(format)),
      ("Width", .integer(width)), ("Height", .integer(height)), ("BitDepth", .integer(depth)),
      ("ColorType", .string(color)),
    ])
  }
}
