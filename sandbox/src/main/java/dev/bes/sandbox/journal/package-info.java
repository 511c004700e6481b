/** The sandbox's memory of every call and every change, on disk before the caller hears of it. */
@NullMarked
package dev.bes.sandbox.journal;

import org.jspecify.annotations.NullMarked;
