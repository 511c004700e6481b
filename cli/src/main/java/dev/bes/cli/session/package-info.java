/** What every command works with: the options of all commands, the server, the environment. */
@NullMarked
package dev.bes.cli.session;

import org.jspecify.annotations.NullMarked;
