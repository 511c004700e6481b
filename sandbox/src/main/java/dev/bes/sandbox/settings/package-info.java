/** Settings that can change while the sandbox runs, and the answers that it assumes where no source gives one. */
@NullMarked
package dev.bes.sandbox.settings;

import org.jspecify.annotations.NullMarked;
