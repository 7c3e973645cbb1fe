import { useEffect } from 'react';

/**
 * Stands in for the package `react-style-singleton`, which adds `<style>` elements that our content security policy
 * refuses. A constructed stylesheet does the same and is allowed by `style-src 'self'`.
 */
function stylesheetSingleton() {
  let users = 0;
  let sheet: CSSStyleSheet | null = null;
  return {
    add(styles: string) {
      if (users === 0) {
        sheet = new CSSStyleSheet();
        sheet.replaceSync(styles);
        document.adoptedStyleSheets.push(sheet);
      }
      users += 1;
    },
    remove() {
      users -= 1;
      if (users > 0) return;
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
      sheet = null;
    },
  };
}

function styleHookSingleton() {
  const singleton = stylesheetSingleton();
  return function useStyles(styles: string, isDynamic?: boolean) {
    useEffect(() => {
      singleton.add(styles);
      return () => singleton.remove();
    }, [styles, isDynamic]);
  };
}

export function styleSingleton() {
  const useStyles = styleHookSingleton();
  return function Sheet({ styles, dynamic }: { styles: string; dynamic?: boolean }) {
    useStyles(styles, dynamic);
    return null;
  };
}
