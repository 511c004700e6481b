/** A loopback HTTP port and the requests and replies that pass through it. */
@NullMarked
package dev.bes.sandbox.http;

import org.jspecify.annotations.NullMarked;
