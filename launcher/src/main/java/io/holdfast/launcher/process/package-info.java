/// One child process: started, watched, restarted, ended.
@NullMarked
package io.holdfast.launcher.process;

import org.jspecify.annotations.NullMarked;
