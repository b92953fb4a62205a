/// The web server: addresses taken as they are, and problems where the server itself refuses a
/// request.
@NullMarked
package io.holdfast.app.server;

import org.jspecify.annotations.NullMarked;
