function [theta, layout] = unroll (varargin)
% Matrices into one column, for running our scripts in Octave.
theta = zeros (0, 1);
layout = cell (1, nargin);
for k = 1:nargin
  theta = [theta; varargin{k}(:)];
  layout{k} = size (varargin{k});
end
end
