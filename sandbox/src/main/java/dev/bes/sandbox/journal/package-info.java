/** The journal of every call and every change, on disk before the caller gets its answer. */
@NullMarked
package dev.bes.sandbox.journal;

import org.jspecify.annotations.NullMarked;
