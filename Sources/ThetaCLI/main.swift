print("theta")
