/** Counted calls of the managed API, in the terms of API Management's reports. */
@NullMarked
package dev.bes.sandbox.analytics;

import org.jspecify.annotations.NullMarked;
