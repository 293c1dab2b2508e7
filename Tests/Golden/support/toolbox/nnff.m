function nn = nnff(nn, x, y)
    n = nn.n;
    m = size(x, 1);
    x = [ones(m,1) x];
    nn.a{1} = x;
    for i = 2 : n-1
        switch nn.activation_function
            case 'sigm'
                nn.a{i} = sigm(nn.a{i - 1} * nn.W{i - 1}');
            case 'tanh_opt'
                nn.a{i} = tanh_opt(nn.a{i - 1} * nn.W{i - 1}');
        end
        nn.a{i} = [ones(m,1) nn.a{i}];
    end
    switch nn.output
        case 'sigm'
            nn.a{n} = sigm(nn.a{n - 1} * nn.W{n - 1}');
    end
    nn.e = y - nn.a{n};
    nn.L = 1/2 * sum(sum(nn.e .^ 2)) / m;
end
