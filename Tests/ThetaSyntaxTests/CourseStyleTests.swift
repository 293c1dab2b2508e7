import Testing

@testable import ThetaSyntax

// Files as people write them for a course: they parse without a word, and survive printing.

@Suite struct CourseStyleTests {
  static let files: [String] = [
    #"""
    %% Exercise 1: linear regression
    %
    %  Instructions
    %  ------------

    %% Initialization
    clear ; close all; clc

    %% ==================== Part 1: Basic Function ====================
    fprintf('Running warmUpExercise ... \n');
    fprintf('5x5 Identity Matrix: \n');
    warmUpExercise()

    fprintf('Program paused. Press enter to continue.\n');
    pause;

    data = load('ex1data1.txt');
    X = data(:, 1); y = data(:, 2);
    m = length(y); % number of training examples
    X = [ones(m, 1), data(:,1)]; % Add a column of ones to x
    theta = zeros(2, 1); % initialize fitting parameters

    hold on; % keep previous plot visible
    plot(X(:,2), X*theta, '-')
    legend('Training data', 'Linear regression')
    hold off % don't overlay any more plots on this figure

    predict1 = [1, 3.5] *theta;
    fprintf('For population = 35,000, we predict a profit of %f\n',...
        predict1*10000);
    for i = 1:length(theta0_vals)
        for j = 1:length(theta1_vals)
          t = [theta0_vals(i); theta1_vals(j)];
          J_vals(i,j) = computeCost(X, y, t);
        end
    end
    J_vals = J_vals';
    contour(theta0_vals, theta1_vals, J_vals, logspace(-2, 3, 20))
    xlabel('\theta_0'); ylabel('\theta_1');
    """#,
    #"""
    function [J grad] = nnCostFunction(nn_params, ...
                                       input_layer_size, ...
                                       hidden_layer_size, ...
                                       num_labels, ...
                                       X, y, lambda)
    %NNCOSTFUNCTION Implements the neural network cost function for a two layer
    %neural network which performs classification
    %   [J grad] = NNCOSTFUNCTON(nn_params, hidden_layer_size, num_labels, ...
    %   X, y, lambda) computes the cost and gradient of the neural network.

    Theta1 = reshape(nn_params(1:hidden_layer_size * (input_layer_size + 1)), ...
                     hidden_layer_size, (input_layer_size + 1));

    Theta2 = reshape(nn_params((1 + (hidden_layer_size * (input_layer_size + 1))):end), ...
                     num_labels, (hidden_layer_size + 1));

    % Setup some useful variables
    m = size(X, 1);
    J = 0;
    Theta1_grad = zeros(size(Theta1));

    I = eye(num_labels);
    Y = zeros(m, num_labels);
    for i=1:m
      Y(i, :)= I(y(i), :);
    end

    A1 = [ones(m, 1) X];
    Z2 = A1 * Theta1';
    A2 = [ones(size(Z2, 1), 1) sigmoid(Z2)];
    H = A3 = sigmoid(A2*Theta2');

    penalty = (lambda/(2*m))*(sum(sum(Theta1(:, 2:end).^2, 2)) + sum(sum(Theta2(:,2:end).^2, 2)));
    J = (1/m)*sum(sum((-Y).*log(H) - (1-Y).*log(1-H), 2));
    J = J + penalty;

    Sigma2 = (Sigma3*Theta2 .* sigmoidGradient([ones(size(Z2, 1), 1) Z2]))(:, 2:end);
    Theta1_grad = Delta_1./m + (lambda/m)*[zeros(size(Theta1,1), 1) Theta1(:, 2:end)];

    % -------------------------------------------------------------

    % Unroll gradients
    grad = [Theta1_grad(:) ; Theta2_grad(:)];

    end
    """#,
    #"""
    function submit(partId)
      options = optimset('GradObj', 'on', 'MaxIter', 400);
      [theta, cost] = ...
      	fminunc(@(t)(costFunction(t, X, y)), initial_theta, options);
      if ~isempty(strfind(s, 'x')) || (nargin ~= 1), error('bad'), end
      p = sigmoid(X*theta) >= 0.5;
      fprintf(['Train Accuracy: %f\n' ...
               '(expected %g)\n\n'], mean(double(p == y)) * 100, 83.1);
      [~, p] = max(h, [], 2);
      words = {'a', ...
               'b', ... % second
               'c'};
      s.name = 'x'; s(2).name = "y"; t = [s.name];
      x = struct('a', {{1, 2}});
      while true, k--; if k < 0 break; end; end
      if(x==1) y=2; elseif(x==2) y=3; else y=4; end
      A(:,end+1) = b'; A(1,:) = []; c{end}{1}(2) = [];
      f = @(varargin) numel(varargin){1};
      z = x.' * y' + [1 -1]' - {1}';
      do
        i++;
      until i >= 10
      printf("%d\n", x'), disp(x');
    endfunction
    """#,
    #"""
    1;
    function y = δσ (Θ1, λ)
      y = Θ1 ⊙ λ .^ 2;
    endfunction
    θ₁ = δσ (3, 4)
    x = 3 # trailing
    if x == 3 disp("three") end
    y = [1,2
         3,4];
    m = containers.Map ();
    m("a") = 1;
    a.b.c = 5; a.("d") = 6;
    eval ("z = 1;", "disp (lasterr)");
    b = !any (x(:) != 3);
    """#,
  ]

  @Test("files of a course parse and survive printing", arguments: files.indices)
  func parses(index: Int) throws {
    let source = SourceFile(name: "course", text: CourseStyleTests.files[index])
    let result = Parser.parse(source)
    #expect(result.diagnostics == [])
    let printed = SourcePrinter.print(result.program)
    #expect(try parse(printed) == result.program.statements)
    // The same with the line ends of Windows, and without the last one.
    let windows = SourceFile(
      name: "course", text: CourseStyleTests.files[index].replacing("\n", with: "\r\n"))
    #expect(Parser.parse(windows).program == result.program)
  }
}
