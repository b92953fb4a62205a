/// The public REST API of the platform. It keeps nothing itself: any request may go to any replica.
@NullMarked
package io.holdfast.app;

import org.jspecify.annotations.NullMarked;
