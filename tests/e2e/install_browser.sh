#!/bin/sh
# Chromium and a Chinese font for the browser tests, where the machine allows it.
set -eu
have_font() { fc-list :lang=zh 2>/dev/null | grep -q .; }
if command -v chromium >/dev/null && have_font; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "安装 Chromium 和中文字体（浏览器测试需要）…"
    apt-get update -q >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
        chromium fonts-noto-cjk fonts-noto-color-emoji fontconfig >/dev/null
else
    echo "没有 Chromium 或中文字体，浏览器测试会跳过；可执行 apt-get install chromium fonts-noto-cjk 后重试"
fi
