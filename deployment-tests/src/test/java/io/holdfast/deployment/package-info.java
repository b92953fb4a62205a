/// What deploys the platform: its images and Compose file as they are written, and as they run on an engine.
@NullMarked
package io.holdfast.deployment;

import org.jspecify.annotations.NullMarked;
