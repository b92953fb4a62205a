/// What travels with a request through all tiers: its id and its deadline.
@NullMarked
package io.holdfast.contract.request;

import org.jspecify.annotations.NullMarked;
