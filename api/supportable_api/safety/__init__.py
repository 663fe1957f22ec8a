"""What stands between the network and the routes: limits, times and headers."""
