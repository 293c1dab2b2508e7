import ThetaRuntime

// What shows a matrix: surfaces, contours, images, declared. Usage lines are those of Octave, which its errors show.

enum GridTables {
  static let all: [[Builtin]] = [surfaces, contours, images]

  static let surfaces: [Builtin] = [
    Builtin(
      """
      surf (X, Y, Z)
      surf (Z)
      surf (..., C)
      surf (..., PROP, VAL, ...)
      surf (HAX, ...)
      H = surf (...)
      """,
      """
      A surface over a grid, coloured by Z or C.
      """, multiple: Surfaces.surf),
    Builtin(
      """
      surfc (X, Y, Z)
      surfc (Z)
      surfc (..., C)
      surfc (..., PROP, VAL, ...)
      surfc (HAX, ...)
      H = surfc (...)
      """,
      """
      surf with contours underneath.
      """, multiple: Surfaces.surfc),
    Builtin(
      """
      mesh (X, Y, Z)
      mesh (Z)
      mesh (..., C)
      mesh (..., PROP, VAL, ...)
      mesh (HAX, ...)
      H = mesh (...)
      """,
      """
      A net over a grid, coloured by Z or C.
      """, multiple: Surfaces.mesh),
    Builtin(
      """
      meshc (X, Y, Z)
      meshc (Z)
      meshc (..., C)
      meshc (..., PROP, VAL, ...)
      meshc (HAX, ...)
      H = meshc (...)
      """,
      """
      mesh with contours underneath.
      """, multiple: Surfaces.meshc),
    Builtin(
      """
      surface (X, Y, Z, C)
      surface (X, Y, Z)
      surface (Z, C)
      surface (Z)
      surface (..., PROP, VAL, ...)
      surface (HAX, ...)
      H = surface (...)
      """,
      """
      A surface added to the current axes without clearing them.
      """, multiple: Surfaces.surface),
    Builtin(
      """
      waterfall (X, Y, Z)
      waterfall (Z)
      waterfall (..., C)
      waterfall (..., PROP, VAL, ...)
      waterfall (HAX, ...)
      H = waterfall (...)
      """,
      """
      mesh with lines along the rows only.
      """, multiple: Surfaces.waterfall),
    Builtin(
      """
      pcolor (X, Y, C)
      pcolor (C)
      pcolor (HAX, ...)
      H = pcolor (...)
      """,
      """
      The cells of a grid coloured by number, seen from above.
      """, multiple: Surfaces.pcolor),
    Builtin(
      """
      trisurf (TRI, X, Y, Z, C)
      trisurf (TRI, X, Y, Z)
      trisurf (..., PROP, VAL, ...)
      H = trisurf (...)
      """,
      """
      A surface of triangles.
      """, multiple: Surfaces.trisurf),
    Builtin(
      """
      trimesh (TRI, X, Y, Z, C)
      trimesh (TRI, X, Y, Z)
      trimesh (TRI, X, Y)
      trimesh (..., PROP, VAL, ...)
      H = trimesh (...)
      """,
      """
      A net of triangles.
      """, multiple: Surfaces.trimesh),
    Builtin(
      """
      ezsurf (F)
      ezsurf (FX, FY, FZ)
      ezsurf (..., DOM)
      ezsurf (..., N)
      ezsurf (..., "circ")
      ezsurf (HAX, ...)
      H = ezsurf (...)
      """,
      """
      surf of a function of two variables.
      """, multiple: Contours.ezsurf),
    Builtin(
      """
      ezmesh (F)
      ezmesh (FX, FY, FZ)
      ezmesh (..., DOM)
      ezmesh (..., N)
      ezmesh (..., "circ")
      ezmesh (HAX, ...)
      H = ezmesh (...)
      """,
      """
      mesh of a function of two variables.
      """, multiple: Contours.ezmesh),
    Builtin(
      """
      shading (TYPE)
      shading (HAX, TYPE)
      """,
      """
      How surfaces are coloured: faceted (with edges), flat, or interp.
      """, multiple: Surfaces.shading),
    Builtin(
      """
      hidden
      hidden on
      hidden off
      MODE = hidden (...)
      """,
      """
      Whether a mesh hides what lies behind it.
      """, multiple: Surfaces.hidden),
  ]

  static let contours: [Builtin] = [
    Builtin(
      """
      contour (Z)
      contour (Z, VN)
      contour (X, Y, Z)
      contour (X, Y, Z, VN)
      contour (..., STYLE)
      contour (HAX, ...)
      [C, H] = contour (...)
      """,
      """
      Lines of equal height. VN is a number of lines, or their heights: [0 0] draws the line at 0. Returns
      the lines as a matrix and the handle.
      """, multiple: Contours.contour),
    Builtin(
      """
      contourf (Z)
      contourf (Z, VN)
      contourf (X, Y, Z)
      contourf (X, Y, Z, VN)
      contourf (..., STYLE)
      contourf (HAX, ...)
      [C, H] = contourf (...)
      """,
      """
      contour with the bands between the lines filled.
      """, multiple: Contours.contourf),
    Builtin(
      """
      contour3 (Z)
      contour3 (Z, VN)
      contour3 (X, Y, Z)
      contour3 (X, Y, Z, VN)
      contour3 (..., STYLE)
      contour3 (HAX, ...)
      [C, H] = contour3 (...)
      """,
      """
      contour in space, each line at its height.
      """, multiple: Contours.contour3),
    Builtin(
      """
      C = contourc (Z)
      C = contourc (Z, VN)
      C = contourc (X, Y, Z)
      C = contourc (X, Y, Z, VN)
      [C, LEV] = contourc (...)
      """,
      """
      The lines of contour as numbers: for each line its height and length, then its points.
      """, multiple: Contours.contourc),
    Builtin(
      """
      clabel (C, H)
      clabel (C, H, V)
      clabel (C, H, "manual")
      clabel (C)
      clabel (..., PROP, VAL, ...)
      H = clabel (...)
      """,
      """
      Writes the heights on the lines of a contour plot.
      """, multiple: Contours.clabel),
    Builtin(
      """
      ezcontour (F)
      ezcontour (..., DOM)
      ezcontour (..., N)
      ezcontour (HAX, ...)
      H = ezcontour (...)
      """,
      """
      contour of a function of two variables.
      """, multiple: Contours.ezcontour),
  ]

  static let images: [Builtin] = [
    Builtin(
      """
      imagesc (IMG)
      imagesc (X, Y, IMG)
      imagesc (..., CLIMITS)
      imagesc (..., "PROP", VAL, ...)
      imagesc ("PROP1", VAL1, ...)
      imagesc (HAX, ...)
      H = imagesc (...)
      """,
      """
      An image whose numbers take the whole colormap, or the part between CLIMITS. Row 1 is on top.
      """, multiple: Images.imagesc),
    Builtin(
      """
      image (IMG)
      image (X, Y, IMG)
      image (..., "PROP", VAL, ...)
      image ("PROP1", VAL1, ...)
      H = image (...)
      """,
      """
      An image whose numbers are places in the colormap, or an m×n×3 array of colours.
      """, multiple: Images.image),
    Builtin(
      """
      imshow (IM)
      imshow (IM, LIMITS)
      imshow (IM, MAP)
      imshow (RGB, ...)
      imshow (FILENAME)
      imshow (..., STRING_PARAM1, VALUE1, ...)
      H = imshow (...)
      """,
      """
      An image without axes: gray between 0 and 1, or between LIMITS ([] for all that occurs).
      """, multiple: Images.imshow),
  ]
}
