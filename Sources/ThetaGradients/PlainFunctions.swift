// What builtins without a derivative rule do with tracked numbers.

extension Rules {
  /// Questions about a number, printing, and what has a derivative of zero everywhere: they see the plain number.
  static let plain: Set<String> = Set(
    """
    size numel length ndims rows columns isempty isnumeric isreal isfloat isa class ischar iscell isstruct islogical
    isvector isscalar ismatrix issquare isrow iscolumn is_function_handle isnan isinf isfinite isna any all nnz
    isequal disp display printf fprintf sprintf num2str mat2str int2str puts fputs fdisp error warning assert zeros
    ones eye rand randn randi randperm rande randg randp cell true false Inf inf NaN nan NA lookup sign signbit logical
    not eq ne lt le gt ge and or xor size_equal validateattributes validatestring isargout isfield func2str tic toc
    fflush sub2ind ind2sub print_usage iscomplex isinteger isbool issorted isdiag istril istriu isbanded
    issymmetric ishermitian isdefinite isprime ismember columns numfields sizeof nargchk narginchk plot
    figure hold axis line fill bar hist xlabel ylabel title legend surf mesh contour imagesc drawnow
    rank isspace evalc inputname exist isvarname
    fieldnames save dlmwrite csvwrite fwrite celldisp dbstack isobject ishandle
    iscellstr strcmp strcmpi strncmp strncmpi input keyboard pause usejava isnull rethrow lasterr eps
    """.split(whereSeparator: \.isWhitespace).map(String.init))

  /// Functions that hand their arguments on, or calculate with the operators of the language.
  static let passing: Set<String> = Set(
    """
    cellfun arrayfun structfun cell2mat struct cell2struct struct2cell feval deal setfield getfield rmfield orderfields
    unroll reroll layersummary valgrad withgrad jacobian hessvec fmincg fminunc fminsearch fminlbfgs fmintnc minFunc
    evalin assignin eval subsref subsasgn substruct nthargout containers.Map
    """.split(whereSeparator: \.isWhitespace).map(String.init))
}
