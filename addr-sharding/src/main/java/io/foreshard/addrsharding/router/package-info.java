/**
 * Tells routers their plan and looks at what they have. Plans go in; files, commands and typed outcomes come out. Whatever talks to a
 * router blocks, on an executor that is handed in.
 */
@NullMarked
package io.foreshard.addrsharding.router;

import org.jspecify.annotations.NullMarked;
