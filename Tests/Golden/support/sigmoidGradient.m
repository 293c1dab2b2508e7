function g = sigmoidGradient (z)
% The derivative of the logistic function, for running our scripts in Octave.
s = 1 ./ (1 + exp (-z));
g = s .* (1 - s);
end
