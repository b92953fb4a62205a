/// The listening socket of the public port, where another process keeps it: several gateways accept from the same
/// socket, come and go, and no connection is refused meanwhile. It is what systemd calls socket activation, for
/// processes that start and end at any time.
@NullMarked
package io.holdfast.gateway.listener;

import org.jspecify.annotations.NullMarked;
