// The properties of what is drawn inside axes.

extension PropertyTables {
  static let image = #"""
    alphadata [1]; alphadatamapping 'none {direct|none|scaled}; cdata []
    cdatamapping 'direct {direct|scaled}; xdata []; ydata []
    """#

  static let patch = #"""
    alphadatamapping 'scaled {direct|none|scaled}; ambientstrength [0.3]
    backfacelighting 'reverselit {lit|reverselit|unlit}; cdata []
    cdatamapping 'scaled {direct|scaled}; diffusestrength [0.6]; displayname '; edgealpha [1]
    edgecolor [0 0 0]; edgelighting 'none {flat|gouraud|none|phong}; facealpha [1]; facecolor [1 0 0]
    facelighting 'flat {flat|gouraud|none|phong}; facenormals []; facenormalsmode 'auto {auto|manual}
    faces []; facevertexalphadata []; facevertexcdata []; linestyle '- {dashes}; linewidth [0.5]
    marker 'none {markers}; markeredgecolor 'auto {auto|flat|none}
    markerfacecolor 'none {auto|flat|none}; markersize [6]; specularcolorreflectance [1]
    specularexponent [10]; specularstrength [0.9]; vertexnormals []
    vertexnormalsmode 'auto {auto|manual}; vertices []; xdata []; ydata []; zdata []
    """#

  static let surface = #"""
    alphadata [1]; alphadatamapping 'scaled {direct|none|scaled}; ambientstrength [0.3]
    backfacelighting 'reverselit {lit|reverselit|unlit}; cdata []
    cdatamapping 'scaled {direct|scaled}; cdatasource '; diffusestrength [0.6]; displayname '
    edgealpha [1]; edgecolor [0 0 0]; edgelighting 'none {flat|gouraud|none|phong}; facealpha [1]
    facecolor 'flat {flat|interp|none|texturemap}; facelighting 'flat {flat|gouraud|none|phong}
    facenormals []; facenormalsmode 'auto {auto|manual}; linestyle '- {dashes}; linewidth [0.5]
    marker 'none {markers}; markeredgecolor 'auto {auto|flat|none}
    markerfacecolor 'none {auto|flat|none}; markersize [6]; meshstyle 'both {both|column|row}
    specularcolorreflectance [1]; specularexponent [10]; specularstrength [0.9]; vertexnormals []
    vertexnormalsmode 'auto {auto|manual}; xdata []; xdatasource '; ydata []; ydatasource '; zdata []
    zdatasource '
    """#

  static let scatter = #"""
    cdata []; cdatasource '; hittestarea 'off {off|on}; linewidth [0.5]; marker 'o {markers}
    markeredgecolor [0 0.447 0.741]; markerfacecolor 'none {auto|flat|none}; sizedata [36]
    sizedatasource '; xdata []; xdatasource '; ydata []; ydatasource '; zdata []; zdatasource '
    displayname '
    """#

  static let bar = #"""
    bargroup []; barlayout 'grouped {grouped|stacked}; barwidth [0.8]; baseline []; basevalue [0]
    edgecolor [0 0 0]; facecolor [0 0.447 0.741]; hittestarea 'off {off|on}; horizontal 'off {off|on}
    linestyle '- {dashes}; linewidth [0.5]; showbaseline 'on {off|on}; xdata []; xdatasource '
    ydata []; ydatasource '; displayname '
    """#

  static let contour = #"""
    contourmatrix []; facecolor 'none {flat|interp|none}; fill 'off {off|on}
    hittestarea 'off {off|on}; labelspacing [144]; levellist []; levellistmode 'auto {auto|manual}
    levelstep [1.364]; levelstepmode 'auto {auto|manual}; linecolor 'auto {auto|none}
    linestyle '- {dashes}; linewidth [0.5]; showtext 'off {off|on}; textlist []
    textlistmode 'auto {auto|manual}; textstep [1.364]; textstepmode 'auto {auto|manual}; xdata []
    xdatasource '; ydata []; ydatasource '; zdata []; zdatasource '; zlevel [0]
    zlevelmode 'none {auto|manual|none}; displayname '
    """#

  static let errorbar = #"""
    color [0 0.447 0.741]; format 'yerr; hittestarea 'off {off|on}; ldata []; ldatasource '
    linestyle '- {dashes}; linewidth [0.5]; marker 'none {markers}; markeredgecolor 'auto {auto|none}
    markerfacecolor 'none {auto|none}; markersize [6]; udata []; udatasource '; xdata []
    xdatasource '; xldata []; xldatasource '; xudata []; xudatasource '; ydata []; ydatasource '
    displayname '
    """#

  static let quiver = #"""
    autoscale 'on {off|on}; autoscalefactor [0.9]; color [0 0.447 0.741]; hittestarea 'off {off|on}
    linestyle '- {dashes}; linewidth [0.5]; marker 'none {markers}; markerfacecolor 'none {auto|none}
    markersize [6]; maxheadsize [0.2]; showarrowhead 'on {off|on}; udata []; udatasource '; vdata []
    vdatasource '; wdata []; wdatasource '; xdata []; xdatasource '; ydata []; ydatasource '
    zdata []; zdatasource '; displayname '
    """#

  static let stem = #"""
    baseline []; basevalue [0]; color [0 0.447 0.741]; hittestarea 'off {off|on}
    linestyle '- {dashes}; linewidth [0.5]; marker 'o {markers}; markeredgecolor [0 0.447 0.741]
    markerfacecolor 'none {auto|none}; markersize [6]; showbaseline 'on {off|on}; xdata []
    xdatasource '; ydata []; ydatasource '; zdata []; zdatasource '; displayname '
    """#

  static let area = #"""
    areagroup []; basevalue [0]; edgealpha [1]; edgecolor [0 0 0]; facealpha [1]
    facecolor [0 0.447 0.741]; hittestarea 'off {off|on}; linestyle '- {dashes}; linewidth [0.5]
    xdata []; xdatasource '; ydata []; ydatasource '; displayname '
    """#

  static let stairs = #"""
    color [0 0.447 0.741]; hittestarea 'off {off|on}; linestyle '- {dashes}; linewidth [0.5]
    marker 'none {markers}; markeredgecolor 'auto {auto|none}; markerfacecolor 'none {auto|none}
    markersize [6]; xdata []; xdatasource '; ydata []; ydatasource '; displayname '
    """#

  static let rectangle = #"""
    curvature [0 0]; edgecolor [0 0 0]; facecolor 'none {flat|interp|none}; linestyle '- {dashes}
    linewidth [0.5]; position [0 0 1 1]; displayname '
    """#
}
