import CCairo

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The functions of Cairo, found in the library when a picture is first drawn with it: programs that draw nothing start
/// without it.
struct CairoLibrary: Sendable {
  typealias Surface = OpaquePointer
  typealias Context = OpaquePointer
  typealias Writer =
    @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<UInt8>?, CUnsignedInt) -> cairo_status_t
  typealias One = @convention(c) @Sendable (OpaquePointer?) -> Void
  typealias Number = @convention(c) @Sendable (OpaquePointer?, Double) -> Void
  typealias Two = @convention(c) @Sendable (OpaquePointer?, Double, Double) -> Void
  typealias Four = @convention(c) @Sendable (OpaquePointer?, Double, Double, Double, Double) -> Void
  typealias Six =
    @convention(c) @Sendable (OpaquePointer?, Double, Double, Double, Double, Double, Double) -> Void
  typealias Word = @convention(c) @Sendable (OpaquePointer?, UnsafePointer<CChar>?) -> Void

  let imageSurface: @convention(c) @Sendable (cairo_format_t, CInt, CInt) -> Surface?
  let surfaceForData:
    @convention(c) @Sendable (UnsafeMutablePointer<UInt8>?, cairo_format_t, CInt, CInt, CInt) -> Surface?
  let pdfSurface: @convention(c) @Sendable (Writer?, UnsafeMutableRawPointer?, Double, Double) -> Surface?
  /// Since Cairo 1.16.
  let metadata: (@convention(c) @Sendable (Surface?, cairo_pdf_metadata_t, UnsafePointer<CChar>?) -> Void)?
  let writePNG: @convention(c) @Sendable (Surface?, Writer?, UnsafeMutableRawPointer?) -> cairo_status_t
  let flush: One
  let data: @convention(c) @Sendable (Surface?) -> UnsafeMutablePointer<UInt8>?
  let stride: @convention(c) @Sendable (Surface?) -> CInt
  let surfaceStatus: @convention(c) @Sendable (Surface?) -> cairo_status_t
  let finishSurface: One
  let destroySurface: One
  let create: @convention(c) @Sendable (Surface?) -> Context?
  let destroy: One
  let save: One
  let restore: One
  let translate: Two
  let scale: Two
  let rotate: Number
  let rectangle: Four
  let clip: One
  let newPath: One
  let moveTo: Two
  let lineTo: Two
  let curveTo: Six
  let closePath: One
  let fill: One
  let fillPreserve: One
  let stroke: One
  let showPage: One
  let color: Four
  let lineWidth: Number
  let lineJoin: @convention(c) @Sendable (Context?, cairo_line_join_t) -> Void
  let dash: @convention(c) @Sendable (Context?, UnsafePointer<Double>?, CInt, Double) -> Void
  let font:
    @convention(c) @Sendable (Context?, UnsafePointer<CChar>?, cairo_font_slant_t, cairo_font_weight_t) ->
      Void
  let fontSize: Number
  let showText: Word
  let textExtents:
    @convention(c) @Sendable (Context?, UnsafePointer<CChar>?, UnsafeMutablePointer<cairo_text_extents_t>?) ->
      Void
  let sourceSurface: @convention(c) @Sendable (Context?, Surface?, Double, Double) -> Void
  let source: @convention(c) @Sendable (Context?) -> OpaquePointer?
  let filter: @convention(c) @Sendable (OpaquePointer?, cairo_filter_t) -> Void

  /// The library, or nil when it is not installed.
  static let shared: CairoLibrary? = {
    let names = [
      "libcairo.so.2", "libcairo.so", "libcairo.2.dylib", "/opt/homebrew/lib/libcairo.2.dylib",
      "/usr/local/lib/libcairo.2.dylib",
    ]
    for name in names { if let handle = dlopen(name, RTLD_NOW | RTLD_LOCAL) { return CairoLibrary(handle) } }
    return nil
  }()

  private struct Missing: Error {}

  private init?(_ handle: UnsafeMutableRawPointer) {
    // The types of the fields are those of cairo.h; the compiler cannot check that the symbols have them.
    func symbol<Function>(_ name: String) throws(Missing) -> Function {
      guard let found = dlsym(handle, "cairo_" + name) else { throw Missing() }
      return unsafeBitCast(found, to: Function.self)
    }
    do throws(Missing) {
      imageSurface = try symbol("image_surface_create")
      surfaceForData = try symbol("image_surface_create_for_data")
      pdfSurface = try symbol("pdf_surface_create_for_stream")
      metadata = try? symbol("pdf_surface_set_metadata")
      writePNG = try symbol("surface_write_to_png_stream")
      flush = try symbol("surface_flush")
      data = try symbol("image_surface_get_data")
      stride = try symbol("image_surface_get_stride")
      surfaceStatus = try symbol("surface_status")
      finishSurface = try symbol("surface_finish")
      destroySurface = try symbol("surface_destroy")
      create = try symbol("create")
      destroy = try symbol("destroy")
      save = try symbol("save")
      restore = try symbol("restore")
      translate = try symbol("translate")
      scale = try symbol("scale")
      rotate = try symbol("rotate")
      rectangle = try symbol("rectangle")
      clip = try symbol("clip")
      newPath = try symbol("new_path")
      moveTo = try symbol("move_to")
      lineTo = try symbol("line_to")
      curveTo = try symbol("curve_to")
      closePath = try symbol("close_path")
      fill = try symbol("fill")
      fillPreserve = try symbol("fill_preserve")
      stroke = try symbol("stroke")
      showPage = try symbol("show_page")
      color = try symbol("set_source_rgba")
      lineWidth = try symbol("set_line_width")
      lineJoin = try symbol("set_line_join")
      dash = try symbol("set_dash")
      font = try symbol("select_font_face")
      fontSize = try symbol("set_font_size")
      showText = try symbol("show_text")
      textExtents = try symbol("text_extents")
      sourceSurface = try symbol("set_source_surface")
      source = try symbol("get_source")
      filter = try symbol("pattern_set_filter")
    } catch {
      return nil
    }
  }
}
