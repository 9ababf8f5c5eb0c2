;;; A session in Emacs as a person would have it: hover, breakpoint, continue, back. -*- lexical-binding: t -*-
;; Arguments: the configuration to load, the file to open. Prints one line of JSON for each thing seen.
(require 'package)
(package-activate-all)
(require 'json)

(defun said (what value)
  "Tell the test that WHAT was seen as VALUE."
  (princ (concat (json-encode (list (cons 'what what) (cons 'value value))) "\n")))

(defun wait-for (what condition)
  "Serve processes and timers until CONDITION holds; WHAT it is goes into the error after a minute."
  (with-timeout (60 (error "Emacs waited in vain for %s" what))
    (while (not (funcall condition))
      (accept-process-output nil 0.05))))

(defun line-of (text)
  "Put point on the first TEXT of the buffer, and return its line."
  (goto-char (point-min))
  (search-forward text)
  (goto-char (match-beginning 0))
  (line-number-at-pos))

(defun stopped-line (after)
  "Wait for the stop that the function AFTER leads to; return the line that dap-mode went to."
  (let (frame)
    (add-hook 'dap-stack-frame-changed-hook (lambda (_) (setq frame t)))
    (funcall after)
    (wait-for "a stop" (lambda () frame))
    (line-number-at-pos)))

(defun stack ()
  "Names of the frames of the thread that has stopped."
  (let ((session (dap--cur-session)))
    (mapcar (lambda (frame) (gethash "name" frame))
            (gethash (dap--debug-session-thread-id session)
                     (dap--debug-session-thread-stack-frames session)))))

(defun value-of (expression)
  "What the adapter answers when EXPRESSION is evaluated."
  (gethash "result" (dap-request (dap--cur-session) "evaluate" :expression expression)))

(defun scopes ()
  "Names of the scopes of the frame that dap-mode went to."
  (let* ((session (dap--cur-session))
         (frame (gethash "id" (dap--debug-session-active-frame session))))
    (mapcar (lambda (scope) (gethash "name" scope))
            (gethash "scopes" (dap-request session "scopes" :frameId frame)))))

(let ((configuration (pop command-line-args-left))
      (trace (pop command-line-args-left)))
  (setq lsp-auto-guess-root t)
  (load configuration nil t)
  (find-file trace)
  (said "mode" (symbol-name major-mode))
  (lsp)
  (wait-for "the language server"
            (lambda () (and (lsp-workspaces)
                            (eq 'initialized (lsp--workspace-status (car (lsp-workspaces)))))))
  (line-of "RCS0.RING_TAIL 0x40")
  (save-window-excursion (lsp-describe-thing-at-point))
  (said "hover" (with-current-buffer "*lsp-help*" (buffer-substring-no-properties (point-min) (point-max))))

  (line-of "W32 RCS0.RING_TAIL")
  (dap-breakpoint-add)
  (said "entry"
        (stopped-line (lambda () (dap-debug (cdr (assoc "vGPU: this file" dap-debug-template-configurations))))))
  (said "breakpoint" (stopped-line (lambda () (call-interactively #'dap-continue))))
  (said "stack" (vconcat (stack)))
  (said "scopes" (vconcat (scopes)))
  (said "tail" (value-of "RCS0.RING_TAIL"))
  (said "next" (stopped-line (lambda () (call-interactively #'dap-next))))
  (said "tail" (value-of "RCS0.RING_TAIL"))
  (said "back" (stopped-line #'vgpu-step-back))
  (said "tail" (value-of "RCS0.RING_TAIL"))
  (said "back" (stopped-line #'vgpu-step-back))
  (said "start" (stopped-line #'vgpu-reverse-continue))
  (let ((adapter (dap--debug-session-proc (dap--cur-session))))
    (call-interactively #'dap-disconnect)
    (wait-for "the adapter's end" (lambda () (not (process-live-p adapter))))
    (said "adapter" (process-exit-status adapter))))
